using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>A DATABASE_URL with everything that is wrong with it: a parser stops at its first fault, a person wants all of them.</summary>
/// <param name="Url">The address; null when it cannot be read.</param>
/// <param name="Faults">What is wrong, one for each part.</param>
internal sealed record AddressText(DatabaseUrl? Url, IReadOnlyList<DatabaseUrlFault> Faults)
{
    /// <summary>Reads a value; null (missing, or not to be checked) has neither address nor faults.</summary>
    public static AddressText Read(string? text)
    {
        if (text is null)
        {
            return new(null, []);
        }

        if (!DatabaseUrl.Parse(text).Succeeded(out var url, out var fault))
        {
            return new(null, [.. new[] { fault }.Concat(Pieces(text.Trim())).Distinct()]);
        }

        // An unencoded slash in a password cuts it in two, and its end then stands where the database's name does.
        return url.Database?.Contains('@') == true && url.IsMonitorable
            ? new(null, [new(DatabaseUrlPart.Password, "The database's name holds an @: the password most likely has an unencoded /. Percent-encode it (%2F).")])
            : new(url, []);
    }

    /// <summary>The parts one by one, each in an address that is right otherwise.</summary>
    private static IEnumerable<DatabaseUrlFault> Pieces(string text)
    {
        var schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0 || text.StartsWith("sqlite", StringComparison.Ordinal))
        {
            return [];
        }

        var rest = text[(schemeEnd + 3)..];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var parameters = query < 0 ? [] : rest[(query + 1)..].Split('&');
        rest = query < 0 ? rest : rest[..query];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        var at = authority.LastIndexOf('@');
        IEnumerable<string> pieces =
        [
            $"{text[..schemeEnd]}://h/d",
            at < 0 ? "postgresql://h/d" : $"postgresql://{authority[..at]}@h/d",
            .. authority[(at + 1)..].Split(',').Select(host => $"postgresql://{host}/d"),
            slash < 0 ? "postgresql://h/d" : $"postgresql://h{rest[slash..]}",
            .. parameters.Select(parameter => $"postgresql://h/d?{parameter}"),
        ];
        return pieces.Select(piece => DatabaseUrl.Parse(piece).Fault).OfType<DatabaseUrlFault>();
    }
}
