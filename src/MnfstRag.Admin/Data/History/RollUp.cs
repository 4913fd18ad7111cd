namespace MnfstRag.Admin.Data.History;

/// <summary>How several samples of a column become one of a longer stretch.</summary>
public enum RollUp
{
    /// <summary>Differences of counters: added.</summary>
    Sum,

    /// <summary>Levels: averaged, each by the time it covers.</summary>
    Mean,

    /// <summary>Peaks: the greatest.</summary>
    Max,

    /// <summary>Sizes: the newest.</summary>
    Last,
}
