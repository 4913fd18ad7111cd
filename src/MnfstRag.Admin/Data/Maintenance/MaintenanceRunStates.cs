namespace MnfstRag.Admin.Data.Maintenance;

/// <summary>What <see cref="MaintenanceRunState"/> means.</summary>
public static class MaintenanceRunStates
{
    /// <summary>The states of a run that has not ended, for queries.</summary>
    internal static readonly MaintenanceRunState[] Open =
        [MaintenanceRunState.WaitingForApproval, MaintenanceRunState.Queued, MaintenanceRunState.Running, MaintenanceRunState.Reconciling];

    /// <summary>The states of a run that ended otherwise than it should, for queries.</summary>
    internal static readonly MaintenanceRunState[] Bad =
        [MaintenanceRunState.Failed, MaintenanceRunState.LeftSomething, MaintenanceRunState.Unproven];

    /// <summary>Whether it has not ended.</summary>
    public static bool IsOpen(this MaintenanceRunState state) => Open.Contains(state);

    /// <summary>Whether it ended otherwise than it should.</summary>
    public static bool IsBad(this MaintenanceRunState state) => Bad.Contains(state);

    /// <summary>"left something".</summary>
    public static string Word(this MaintenanceRunState state) => state switch
    {
        MaintenanceRunState.WaitingForApproval => "waits for approval",
        MaintenanceRunState.Queued => "queued",
        MaintenanceRunState.Running => "running",
        MaintenanceRunState.Reconciling => "reconciling",
        MaintenanceRunState.Done => "done",
        MaintenanceRunState.Failed => "failed",
        MaintenanceRunState.LeftSomething => "left something",
        MaintenanceRunState.Unproven => "unproven",
        MaintenanceRunState.Cancelled => "cancelled",
        _ => "refused",
    };
}
