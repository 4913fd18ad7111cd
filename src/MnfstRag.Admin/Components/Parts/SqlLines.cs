using System.Text;
using System.Text.RegularExpressions;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>
/// Breaks a statement that came as one long line at its main clauses. Changes white space alone, never inside quotes, comments
/// or parentheses; a statement that already has lines is left as its author wrote it.
/// </summary>
public static partial class SqlLines
{
    private const int Short = 80;

    /// <summary>The statement with line breaks before its clauses; unchanged when short or already broken.</summary>
    public static string Break(string sql)
    {
        var text = sql.Trim();
        if (text.Length <= Short || text.Contains('\n', StringComparison.Ordinal))
        {
            return text;
        }

        var broken = new StringBuilder(text.Length + 32);
        var depth = 0;
        foreach (Match token in Token().Matches(text))
        {
            depth += token.ValueSpan switch { "(" => 1, ")" when depth > 0 => -1, _ => 0 };
            if (depth == 0 && token.Groups["clause"].Success && broken.Length > 0)
            {
                while (broken.Length > 0 && broken[^1] == ' ')
                {
                    broken.Length--;
                }

                broken.Append('\n');
            }

            broken.Append(token.ValueSpan);
        }

        return broken.ToString();
    }

    /// <summary>Quoted text, dollar quotes and comments whole; then clauses; then anything else a piece at a time.</summary>
    [GeneratedRegex(
        """
        (?:[eE]'(?:[^'\\]|''|\\.)*'? | '(?:[^']|'')*'? | "(?:[^"]|"")*"? | /\*.*?(?:\*/|$) | --.*$ | (?<dollar>\$\w*\$).*?(?:\k<dollar>|$))
        | (?<clause>\b(?:FROM|WHERE|GROUP\ BY|HAVING|ORDER\ BY|LIMIT|OFFSET|UNION(?:\ ALL)?|EXCEPT|INTERSECT|VALUES|SET|RETURNING|ON\ CONFLICT|FOR\ UPDATE|(?:(?:LEFT|RIGHT|FULL|CROSS|INNER|OUTER)\ )*JOIN)\b)
        | \w+ | .
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
