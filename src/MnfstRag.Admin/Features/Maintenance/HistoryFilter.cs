namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Which runs of the past are shown.</summary>
public enum HistoryFilter
{
    /// <summary>Every one.</summary>
    All,

    /// <summary>Those that are done and proven.</summary>
    Done,

    /// <summary>Those that are not.</summary>
    NotDone,
}
