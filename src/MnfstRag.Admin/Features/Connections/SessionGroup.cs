namespace MnfstRag.Admin.Features.Connections;

/// <summary>What a session counts as on this page: one of the bands of the chart.</summary>
public enum SessionGroup
{
    Active,
    Waiting,
    IdleInTransaction,
    Aborted,
    Idle,
    Hidden,
    Other,
}
