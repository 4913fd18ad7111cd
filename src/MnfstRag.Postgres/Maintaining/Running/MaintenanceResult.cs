using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What became of a step or a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaintenanceResult>))]
public enum MaintenanceResult
{
    /// <summary>Done, and the server's catalog or statistics prove it.</summary>
    Done,

    /// <summary>Not done; nothing is left behind.</summary>
    Failed,

    /// <summary>Not done, and something is left that a repair clears up.</summary>
    LeftSomething,

    /// <summary>Called off by a person; nothing is left behind.</summary>
    Cancelled,

    /// <summary>Nothing was sent: what was planned no longer fits the server, or another run has the table.</summary>
    Refused,

    /// <summary>It may or may not have been done: the evidence is missing, and the words say which.</summary>
    Unproven,

    /// <summary>Not begun: a stopping rule, or an earlier step, ended the run first.</summary>
    NotBegun,
}
