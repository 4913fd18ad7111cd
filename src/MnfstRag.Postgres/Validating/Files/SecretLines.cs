using System.Text.RegularExpressions;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Tells what of a line may be a secret. Of keys that nobody knows only plain numbers and true or false are shown, because what a
/// stranger's value is cannot be known.
/// </summary>
public static partial class SecretLines
{
    private const int LongestWord = 24;

    private static readonly string[] SecretWords = ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL", "PRIVATE", "APIKEY", "_KEY", "PIN"];

    /// <summary>What of <paramref name="line"/> may not be shown.</summary>
    public static SecretPart Of(EnvLine line) => line.Kind switch
    {
        EnvLineKind.Blank => SecretPart.Nothing,
        EnvLineKind.Comment => IsHarmless(line.Text) ? SecretPart.Nothing : SecretPart.Line,
        EnvLineKind.BareKey => KnownSettings.Find(line.Key!) is null ? SecretPart.Line : SecretPart.Nothing,
        EnvLineKind.Assignment when ShownNames.Key(line.Key, line.Number, line.Value) != line.Key || !IsHarmless(line.Suffix) => SecretPart.Line,
        EnvLineKind.Assignment => IsShown(line.Key!, line.Value!) ? SecretPart.Nothing : SecretPart.Value,
        _ => SecretPart.Line,
    };

    private static bool IsShown(string key, string value)
    {
        if (value.Length == 0)
        {
            return true;
        }

        return KnownSettings.Find(key) is { } known
            ? !known.IsSecret && !value.Any(char.IsControl) && !WithUser().IsMatch(value)
            : !Array.Exists(SecretWords, word => key.Contains(word, StringComparison.Ordinal)) && Plain().IsMatch(value);
    }

    /// <summary>Words that say something, and nothing that could be a value.</summary>
    private static bool IsHarmless(string comment) =>
        !comment.Contains('=', StringComparison.Ordinal)
        && !comment.Contains("://", StringComparison.Ordinal)
        && !Array.Exists(["password", "secret", "token"], word => comment.Contains(word, StringComparison.OrdinalIgnoreCase))
        && comment.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(word => word.Length <= LongestWord && !(word.Any(char.IsAsciiDigit) && word.Length > 12));

    [GeneratedRegex("^([+-]?[0-9]{1,6}|true|false|yes|no|on|off)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex("://[^/]*@", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WithUser();
}
