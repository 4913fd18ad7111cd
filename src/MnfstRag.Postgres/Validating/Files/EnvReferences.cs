using System.Text;
using System.Text.RegularExpressions;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// <c>${NAME}</c> and <c>${NAME:-default}</c>, resolved as python-dotenv does: top to bottom, in every kind of quotes, from the keys
/// above. The process's environment is left out, because another machine has another.
/// </summary>
internal static class EnvReferences
{
    // Without backtracking: many openings that nothing closes must not cost the square of their number.
    private static readonly Regex Reference = new(
        @"\$\{(?<name>[^}:]*)(:-(?<default>[^}]*))?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    /// <summary>
    /// Characters that resolving may write for one file. References to references double a text at each line: beyond this there is no
    /// sense in it, and what follows counts as not resolved.
    /// </summary>
    private const long MostCharacters = 8L * EnvFile.LongestFile;

    /// <summary>Names that are kept of what is not resolved: a person needs to know a few.</summary>
    private const int MostNames = 8;

    /// <summary>Each key's last value, resolved. A key whose value python-dotenv does not know is left out.</summary>
    public static Dictionary<string, EnvValue> Resolve(EnvFile file)
    {
        var values = new Dictionary<string, EnvValue>(StringComparer.Ordinal);
        var written = 0L;
        foreach (var line in file.Lines.Where(line => line is { Key: not null, Value: not null }))
        {
            values[line.Key!] = Resolve(line, values, ref written);
        }

        return values;
    }

    private static EnvValue Resolve(EnvLine line, Dictionary<string, EnvValue> above, ref long written)
    {
        if (!line.Value!.Contains("${", StringComparison.Ordinal))
        {
            return new(line.Value, line.Number, []);
        }

        var unresolved = new HashSet<string>(StringComparer.Ordinal);
        var resolved = new StringBuilder();
        var at = 0;
        foreach (Match reference in Reference.Matches(line.Value))
        {
            if (written + resolved.Length > MostCharacters)
            {
                return new("", line.Number, ["…"]);
            }

            var name = reference.Groups["name"].Value;
            resolved.Append(line.Value, at, reference.Index - at);
            at = reference.Index + reference.Length;
            if (above.TryGetValue(name, out var known))
            {
                unresolved.UnionWith(known.Unresolved);
                resolved.Append(known.Text);
            }
            else if (reference.Groups["default"] is { Success: true } otherwise)
            {
                resolved.Append(otherwise.Value);
            }
            else
            {
                unresolved.Add(name);
            }
        }

        resolved.Append(line.Value, at, line.Value.Length - at);
        written += resolved.Length;
        return new(resolved.ToString(), line.Number, [.. unresolved.Take(MostNames)]);
    }
}
