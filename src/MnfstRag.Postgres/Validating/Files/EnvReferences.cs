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

    /// <summary>Each key's last value, resolved. A key whose value python-dotenv does not know is left out.</summary>
    public static Dictionary<string, EnvValue> Resolve(EnvFile file)
    {
        var values = new Dictionary<string, EnvValue>(StringComparer.Ordinal);
        foreach (var line in file.Lines.Where(line => line is { Key: not null, Value: not null }))
        {
            values[line.Key!] = Resolve(line, values);
        }

        return values;
    }

    private static EnvValue Resolve(EnvLine line, Dictionary<string, EnvValue> above)
    {
        if (!line.Value!.Contains("${", StringComparison.Ordinal))
        {
            return new(line.Value, line.Number, []);
        }

        var unresolved = new List<string>();
        var resolved = new StringBuilder();
        var at = 0;
        foreach (Match reference in Reference.Matches(line.Value))
        {
            var name = reference.Groups["name"].Value;
            resolved.Append(line.Value, at, reference.Index - at);
            at = reference.Index + reference.Length;
            if (above.TryGetValue(name, out var known))
            {
                unresolved.AddRange(known.Unresolved);
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

        // References to references can double a text at each line: beyond any sense, the rest is not looked at.
        return resolved.Length > EnvFile.LongestFile
            ? new("", line.Number, ["…"])
            : new(resolved.Append(line.Value, at, line.Value.Length - at).ToString(), line.Number, unresolved);
    }
}
