namespace MnfstRag.Postgres.Validating;

/// <summary>
/// The connections that settings may open at once against those that a server, or a pooler, can still give. Sessions that the backend holds
/// now are not counted against it: they are what the settings replace.
/// </summary>
/// <param name="PoolSize">DB_POOL_SIZE as the backend takes it.</param>
/// <param name="MaxOverflow">DB_MAX_OVERFLOW as the backend takes it.</param>
/// <param name="Processes">Pools of that size there: workers × engines × instances × addresses that lead to the server.</param>
/// <param name="Available">What is left for these settings: the least of the server's own limit without reserved slots, others' sessions and others' pools; the role's limit; the database's.</param>
public sealed record ConnectionBudget(int PoolSize, int MaxOverflow, int Processes, int Available)
{
    /// <summary>Host and port, for people; empty where the budget is of no server in particular.</summary>
    public string Place { get; init; } = "";

    /// <summary>max_connections of the server, or what the pooler gives; 0 where unknown.</summary>
    public int Limit { get; init; }

    /// <summary><see cref="Limit"/> is a pooler's.</summary>
    public bool IsPooler { get; init; }

    /// <summary>Slots that ordinary roles never get: superuser_reserved_connections and reserved_connections (16 and later).</summary>
    public int Reserved { get; init; }

    /// <summary>Sessions that people, tools and jobs hold now, the dashboard's included; what <see cref="Shares"/> may take is not in it.</summary>
    public int OtherSessions { get; init; }

    /// <summary>Of these, the dashboard's own.</summary>
    public int DashboardSessions { get; init; }

    /// <summary>What the backends of other environments may take there.</summary>
    public IReadOnlyList<BudgetShare> Shares { get; init; } = [];

    /// <summary>Nothing limits what one process opens.</summary>
    public bool IsUnlimited => PoolSize <= 0 || MaxOverflow < 0;

    /// <summary>Connections that may be open at once; meaningless when <see cref="IsUnlimited"/>.</summary>
    public long Needed => ((long)PoolSize + MaxOverflow) * Processes;

    /// <summary>They do not fit.</summary>
    public bool IsExceeded => IsUnlimited || Needed > Available;

    /// <summary>Size and overflow that fit, in the proportion that is set; null where not even one connection for each process fits.</summary>
    public (int PoolSize, int MaxOverflow)? SafeMaximum
    {
        get
        {
            var each = Processes > 0 ? Math.Max(0, Available) / Processes : 0;
            if (each < 1)
            {
                return null;
            }

            var size = IsUnlimited ? Math.Max(1, each / 2) : (int)Math.Clamp((long)each * PoolSize / (PoolSize + MaxOverflow), 1, each);
            return (size, each - size);
        }
    }
}
