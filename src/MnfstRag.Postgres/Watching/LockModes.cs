namespace MnfstRag.Postgres.Watching;

/// <summary>Which lock modes exclude each other: PostgreSQL's table of conflicting lock modes (13.3.1), the same on 14–18.</summary>
internal static class LockModes
{
    private static readonly string[] Names =
    [
        "AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock",
        "ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock",
    ];

    // Bit i of an entry: it conflicts with Names[i].
    private static readonly byte[] Conflicting =
    [
        0b1000_0000, 0b1100_0000, 0b1111_0000, 0b1111_1000,
        0b1110_1100, 0b1111_1100, 0b1111_1110, 0b1111_1111,
    ];

    /// <summary>Also true for a mode that is not known, so that nothing is left out.</summary>
    public static bool Conflict(string one, string other)
    {
        var first = Array.IndexOf(Names, one);
        var second = Array.IndexOf(Names, other);
        return first < 0 || second < 0 || (Conflicting[first] >> second & 1) == 1;
    }
}
