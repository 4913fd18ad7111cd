namespace MnfstRag.Postgres.Advising;

/// <summary>One thing that is not as it should be, with what shows it and what helps.</summary>
/// <param name="Key">Stable over time and restarts: the rule, and the object where there may be several ("connections.limit", "cache.hit").</param>
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
    DateTimeOffset? BackendStart = null);
