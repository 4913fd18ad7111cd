namespace MnfstRag.Postgres.Signalling;

/// <summary>The session that is meant, as it was when a person chose it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="BackendStart">When it began, server clock: a pid alone may be another's by now. Null (hidden) is refused.</param>
/// <param name="QueryStart">For a cancel: the start of the statement that is meant, so that none that follows is hit; null for whichever runs.</param>
public sealed record SignalTarget(int Pid, DateTimeOffset? BackendStart, DateTimeOffset? QueryStart = null);
