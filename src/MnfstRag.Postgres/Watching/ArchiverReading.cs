namespace MnfstRag.Postgres.Watching;

/// <summary>The archiver of the write-ahead log, counted since <see cref="ResetAt"/> (<c>pg_stat_archiver</c>, 14–18).</summary>
/// <param name="ServerTime">The server's clock when it was read.</param>
/// <param name="Mode">archive_mode: "off", "on", "always".</param>
/// <param name="Archived">Files archived.</param>
/// <param name="LastFile">The last archived; null when none was.</param>
/// <param name="LastAt">When.</param>
/// <param name="Failed">Attempts that failed.</param>
/// <param name="LastFailedFile">The last that failed; null when none did.</param>
/// <param name="LastFailedAt">When.</param>
/// <param name="ResetAt">Since when it is counted; null is unknown.</param>
/// <param name="Waiting">Files that wait to be archived; null when the role may not list them.</param>
public sealed record ArchiverReading(
    DateTimeOffset ServerTime,
    string Mode,
    long Archived,
    string? LastFile,
    DateTimeOffset? LastAt,
    long Failed,
    string? LastFailedFile,
    DateTimeOffset? LastFailedAt,
    DateTimeOffset? ResetAt,
    long? Waiting)
{
    /// <summary>Log is archived at all.</summary>
    public bool IsOn => Mode != "off";

    /// <summary>The last attempt failed.</summary>
    public bool IsFailing => IsOn && LastFailedAt is { } failed && (LastAt is not { } archived || failed > archived);
}
