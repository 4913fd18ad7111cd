namespace MnfstRag.Admin.Data.Tenants;

/// <summary>How a change of status stands.</summary>
public enum StatusRunState
{
    /// <summary>It goes on, also after the dashboard was restarted.</summary>
    Running,

    /// <summary>It was cancelled or met a fault; what was done stays done, and it can be resumed.</summary>
    Stopped,

    /// <summary>It stopped, and somebody left it at that or went on with the rest as another one.</summary>
    Left,

    /// <summary>It went through all.</summary>
    Done,
}
