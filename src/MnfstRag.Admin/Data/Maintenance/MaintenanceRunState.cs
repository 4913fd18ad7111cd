namespace MnfstRag.Admin.Data.Maintenance;

/// <summary>How a maintenance run stands. Kept by name.</summary>
public enum MaintenanceRunState
{
    /// <summary>A second administrator has to approve it.</summary>
    WaitingForApproval,

    /// <summary>It begins as soon as its tables are free and there is room.</summary>
    Queued,

    /// <summary>It is under way.</summary>
    Running,

    /// <summary>The process that ran it is gone: what happened is being found out on the server.</summary>
    Reconciling,

    /// <summary>Done, and proven on the server.</summary>
    Done,

    /// <summary>Not done; nothing is left over.</summary>
    Failed,

    /// <summary>Not done, and something is left over that a plan of its own clears away.</summary>
    LeftSomething,

    /// <summary>Whether it was done cannot be found out any more.</summary>
    Unproven,

    /// <summary>A person stopped it.</summary>
    Cancelled,

    /// <summary>It was not begun: something forbade it.</summary>
    Refused,
}
