namespace MnfstRag.Admin.Features.Tenants;

/// <summary>How a change of status stands.</summary>
public enum StatusRunState
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It was cancelled or met a fault; what was done stays done, and it can be resumed.</summary>
    Stopped,

    /// <summary>It went through all.</summary>
    Done,
}
