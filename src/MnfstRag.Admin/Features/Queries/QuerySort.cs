namespace MnfstRag.Admin.Features.Queries;

/// <summary>What the table is sorted by.</summary>
public enum QuerySort
{
    /// <summary>Share of all time.</summary>
    Load,

    /// <summary>Calls.</summary>
    Calls,

    /// <summary>Mean time.</summary>
    Mean,

    /// <summary>Slowest call.</summary>
    Max,

    /// <summary>Rows.</summary>
    Rows,

    /// <summary>Hit ratio.</summary>
    Hit,

    /// <summary>Time of reading and writing.</summary>
    Io,

    /// <summary>Temporary blocks.</summary>
    Temp,

    /// <summary>WAL.</summary>
    Wal,

    /// <summary>Mean time against the time before.</summary>
    Change,
}
