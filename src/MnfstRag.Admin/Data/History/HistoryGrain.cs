namespace MnfstRag.Admin.Data.History;

/// <summary>What one row of a table of history stands for.</summary>
internal enum HistoryGrain
{
    /// <summary>What one batch covers: about a minute.</summary>
    Minute,

    /// <summary>An hour of UTC.</summary>
    Hour,

    /// <summary>A day of UTC.</summary>
    Day,
}
