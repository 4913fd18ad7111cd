using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What the server said of a step's objects just before it was sent (and, in a proof, after it): the evidence that work was done.</summary>
public sealed record StepBaseline
{
    /// <summary>The server's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Identity of the cluster; null when the role may not read it.</summary>
    public string? SystemIdentifier { get; init; }

    /// <summary>When the server started: counters may have been lost across it.</summary>
    public DateTimeOffset PostmasterStart { get; init; }

    /// <summary>When the database's statistics were reset; null is not known.</summary>
    public DateTimeOffset? StatsReset { get; init; }

    /// <summary>Heap and TOAST of the table, bytes; null without one.</summary>
    public long? TableBytes { get; init; }

    /// <summary>How much of the table is empty or dead; null where it was not reckoned, or cannot be.</summary>
    public EmptySpace? Empty { get; init; }

    /// <summary>Indexes that the step concerns: all of the table, or the one.</summary>
    public ImmutableArray<IndexFacts> Indexes { get; init; } = [];

    /// <summary>pg_class.reltuples; null until the first VACUUM or ANALYZE.</summary>
    public double? Rows { get; init; }

    /// <summary>n_dead_tup.</summary>
    public long? DeadRows { get; init; }

    /// <summary>relfilenode of the table: another after a rewrite.</summary>
    public uint? File { get; init; }

    /// <summary>Manual VACUUM, last time.</summary>
    public DateTimeOffset? LastVacuum { get; init; }

    /// <summary>Manual VACUUMs.</summary>
    public long? Vacuums { get; init; }

    /// <summary>Manual ANALYZE, last time.</summary>
    public DateTimeOffset? LastAnalyze { get; init; }

    /// <summary>Manual ANALYZEs.</summary>
    public long? Analyzes { get; init; }

    /// <summary>Whatever else the step's kind is proven by: a setting's value, an extension's version, a time of reset, "t" for a validated constraint.</summary>
    public string? Fact { get; init; }

    /// <summary>A restart is needed before the setting is in force.</summary>
    public bool PendingRestart { get; init; }
}
