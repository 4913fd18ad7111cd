namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Tells work from the appearance of it. VACUUM, ANALYZE, REINDEX and CREATE INDEX answer with success although they skipped
/// what they were asked to do; only a message beside the answer says so (PostgreSQL 14 to 18).
/// </summary>
public static class CommandNotices
{
    private const string DuplicateTable = "42P07";

    /// <summary>The messages because of which a command may not be called done; none when nothing speaks against it.</summary>
    /// <remarks>
    /// Every warning counts: skipped for want of ownership (01000), for a lock (55P03), for an invalid index (0A000). The words are translated
    /// by the server and 01000 has many meanings, so a harmless warning counts too: better one looked at than one missed.
    /// A thing that "already exists, skipping" (42P07) is a mere notice, and the one that exists may be invalid.
    /// </remarks>
    public static IReadOnlyList<CommandNotice> Doubtful(IEnumerable<CommandNotice> notices)
    {
        ArgumentNullException.ThrowIfNull(notices);
        return [.. notices.Where(notice =>
            string.Equals(notice.Severity, "WARNING", StringComparison.Ordinal)
            || string.Equals(notice.SqlState, DuplicateTable, StringComparison.Ordinal))];
    }
}
