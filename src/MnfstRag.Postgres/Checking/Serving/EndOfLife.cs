namespace MnfstRag.Postgres.Checking;

/// <summary>When a major version's last minor release appears (postgresql.org/support/versioning).</summary>
internal static class EndOfLife
{
    /// <summary>Lowest major version that the checks are proven on.</summary>
    public const int OldestKnown = 14;

    /// <summary>Highest major version that the checks are proven on.</summary>
    public const int NewestKnown = 18;

    /// <summary>The day, or null for a version that is not known here.</summary>
    public static DateOnly? Of(int major) => major switch
    {
        14 => new(2026, 11, 12),
        15 => new(2027, 11, 11),
        16 => new(2028, 11, 9),
        17 => new(2029, 11, 8),
        18 => new(2030, 11, 14),
        _ => null,
    };
}
