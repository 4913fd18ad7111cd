namespace MnfstRag.Postgres.Advising;

/// <summary>One thing that is not as it should be, with what shows it and what helps.</summary>
/// <param name="Key">Stable over time and restarts: the rule, then the object after a colon where there may be several ("connections.limit", "index.unused:public.ix_old"). It is what a person dismisses.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Name">What it is, in a few words: "Connections run out".</param>
/// <param name="Object">What it concerns: "backend 4711 (mnfst_user, psql)", "mnfst_rag".</param>
/// <param name="Evidence">What was measured, in sentences with figures. No unmasked query text.</param>
/// <param name="Remedy">What a person can do, in sentences; may hold one SQL statement after a colon.</param>
/// <param name="Pid">The backend it points at, where it points at one.</param>
/// <param name="BackendStart">When that backend's session began: with <paramref name="Pid"/> it names the session.</param>
public sealed record Finding(
    string Key,
    FindingLevel Level,
    string Name,
    string Object,
    string Evidence,
    string Remedy,
    int? Pid = null,
    DateTimeOffset? BackendStart = null)
{
    /// <summary>One SQL statement (or several, each on its own line) that mends it; null where none does. Every identifier quoted as needed.</summary>
    public string? Sql { get; init; }

    /// <summary>The page of PostgreSQL's manual, or of ours, that explains it; null where none is needed.</summary>
    public string? Documentation { get; init; }

    /// <summary>When the evidence was read, for what is not read every tick; null means with the snapshot.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The rule: the key up to its colon.</summary>
    public string Rule => Key.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? Key[..colon] : Key;
}
