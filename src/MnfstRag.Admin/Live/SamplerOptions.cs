namespace MnfstRag.Admin.Live;

/// <summary>How often and how patiently the watched servers are read. Section <c>Sampler</c>.</summary>
public sealed class SamplerOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Sampler";

    /// <summary>Time between ticks while somebody watches; also for activity and locks. 250 ms to 1 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between ticks while nobody watches. Not shorter than <see cref="Interval"/>.</summary>
    public TimeSpan IdleInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between readings that change slowly (limits, capabilities). Not shorter than <see cref="Interval"/>.</summary>
    public TimeSpan SlowInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between looks at the backend's and the pooler's pools while somebody watches. 1 s to 10 min.</summary>
    public TimeSpan PoolInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same while nobody watches. Not shorter than <see cref="PoolInterval"/>.</summary>
    public TimeSpan PoolIdleInterval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Time between readings of pg_stat_statements while somebody watches: so long a slow statement may go unseen. 10 s to 5 min.</summary>
    public TimeSpan StatementsInterval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The same while nobody watches: history has a row so often. Not shorter than <see cref="StatementsInterval"/>.</summary>
    public TimeSpan StatementsIdleInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between readings of every index, table and sequence while somebody watches; five times as long while nobody does. Not shorter than <see cref="Interval"/>.</summary>
    public TimeSpan ShapeInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time to open a connection before it counts as failed.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Time a tick may take before the server counts as not answering.</summary>
    public TimeSpan TickBudget { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest pause between attempts to connect again.</summary>
    public TimeSpan LongestBackoff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between looks at the store for environments and credentials that came, went or changed.</summary>
    public TimeSpan StoreInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How far a replica may be behind to read in the primary's stead, where an environment wants that. 0 to 1 h.</summary>
    public TimeSpan HeavyReadLag { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How much of the past is kept in memory for charts.</summary>
    public TimeSpan HistorySpan { get; set; } = TimeSpan.FromHours(1);
}
