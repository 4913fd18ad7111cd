using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What the server shows of a run whose end nobody saw.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReconciledState>))]
public enum ReconciledState
{
    /// <summary>A session with the run's id is at work still: look again later.</summary>
    StillRunning,

    /// <summary>The server cannot be asked now: look again later.</summary>
    NotYetKnown,

    /// <summary>Every step is done and proven.</summary>
    Done,

    /// <summary>It is not done; nothing is left behind.</summary>
    Failed,

    /// <summary>It is not done, and something is left that a repair clears up.</summary>
    LeftSomething,

    /// <summary>No evidence can tell; the words say which is missing.</summary>
    Unproven,
}
