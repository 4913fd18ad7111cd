namespace MnfstRag.Postgres.Maintaining;

/// <summary>How far one command is, from <c>pg_stat_progress_vacuum</c>, <c>_analyze</c>, <c>_create_index</c>, <c>_cluster</c> or <c>_copy</c> (14–18).</summary>
/// <param name="Pid">The session at work.</param>
/// <param name="Command">VACUUM, ANALYZE, CREATE INDEX CONCURRENTLY, …, as the server has it.</param>
/// <param name="Relation">oid of the table; null when not known yet.</param>
/// <param name="Phase">As the server has it: "building index: loading tuples in tree".</param>
/// <param name="Done">Of <paramref name="Total"/>, in <paramref name="Unit"/>; null where the phase has no measure.</param>
/// <param name="Total">All of it; null where it is not known.</param>
/// <param name="Unit">blocks, rows, bytes, indexes or lockers; null without a measure.</param>
public sealed record CommandProgress(int Pid, string Command, uint? Relation, string Phase, long? Done, long? Total, string? Unit)
{
    /// <summary>The session that it waits for (current_locker_pid, or a lock's holder); null while it waits for none.</summary>
    public int? WaitsFor { get; init; }

    /// <summary>Part of this phase, 0–100; null where it has no measure.</summary>
    public double? PhasePercent => Total > 0 && Done is { } done ? Math.Clamp(100.0 * done / Total.Value, 0, 100) : null;

    /// <summary>Part of the whole command, 0–100, never going back within one attempt; null where it cannot be told.</summary>
    public double? Percent { get; init; }

    /// <summary>Units a second, over the last seconds; null until there are two looks at one phase.</summary>
    public double? Rate { get; init; }

    /// <summary>Time left for this phase at that rate; null where there is none.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Which of how many indexes of a VACUUM (17+) or REINDEX TABLE; null elsewhere.</summary>
    public string? Detail { get; init; }
}
