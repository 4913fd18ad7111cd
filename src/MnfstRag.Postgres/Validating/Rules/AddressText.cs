using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>A DATABASE_URL with everything that is wrong with it: a parser stops at its first fault, a person wants all of them.</summary>
/// <param name="Url">The address; null when it cannot be read, or holds a reference that nothing resolves.</param>
/// <param name="Faults">What is wrong, one for each part.</param>
/// <param name="Readable">The address, or what can be read of one that is faulty or not resolved: good for rules about its parts, not for connecting.</param>
internal sealed record AddressText(DatabaseUrl? Url, IReadOnlyList<DatabaseUrlFault> Faults, DatabaseUrl? Readable)
{
    /// <summary>Nothing is set.</summary>
    public static AddressText None { get; } = new(null, [], null);

    /// <summary>Reads a value. One that cannot be checked has no faults.</summary>
    public static AddressText Read(EnvValue? value) =>
        value is null || value.Text.Length == 0 ? None
        : value.IsKnown ? Read(value.Text)
        : new(null, [], Read(value.Text).Readable);

    /// <summary>Reads an address.</summary>
    public static AddressText Read(string text)
    {
        if (!DatabaseUrl.Parse(text).Succeeded(out var url, out var fault))
        {
            var pieces = AddressPieces.Of(text.Trim());
            return new(null, [.. new[] { fault }.Concat(pieces?.Faults ?? []).Distinct()], pieces?.Readable);
        }

        // An unencoded slash in a password cuts it in two, and its end then stands where the database's name does.
        return url.Database?.Contains('@') == true && url.IsMonitorable
            ? new(null, [new(DatabaseUrlPart.Password, "The database's name holds an @: the password most likely has an unencoded /. Percent-encode it (%2F).")], null)
            : new(url, [], url);
    }
}
