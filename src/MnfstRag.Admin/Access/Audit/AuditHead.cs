using System.Globalization;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>The newest row of the chain at some time, as the log repeats it: <c>17:9f86d0…</c>.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Hash">Its hash, 64 lower-case hexadecimal digits.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    private const int HashDigits = 64;

    /// <summary>Reads <c>SEQUENCE:HASH</c>; null when it is none.</summary>
    public static AuditHead? Parse(string? text)
    {
        var parts = text?.Split(':', 2, StringSplitOptions.TrimEntries);
        return parts is [var number, { Length: HashDigits } hash]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && sequence > 0
            && hash.All(char.IsAsciiHexDigit)
                ? new AuditHead(sequence, hash.ToLowerInvariant())
                : null;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}
