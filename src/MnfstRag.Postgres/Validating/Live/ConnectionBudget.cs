using System.Globalization;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// The connections that these settings may open at once against those that the server can still give. Sessions that the backend holds
/// now are not counted against it: they are what the settings replace.
/// </summary>
/// <param name="PoolSize">DB_POOL_SIZE as the backend takes it.</param>
/// <param name="MaxOverflow">DB_MAX_OVERFLOW as the backend takes it.</param>
/// <param name="Processes">Workers × engines × instances.</param>
/// <param name="Available">What the server can give: the least of its own limit without reserved slots and others' sessions, the role's limit, and the database's.</param>
public sealed record ConnectionBudget(int PoolSize, int MaxOverflow, int Processes, int Available)
{
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

    /// <summary>The budget on a server.</summary>
    internal static ConnectionBudget? Of(EnvironmentSettings settings, ServerFacts facts, LiveOptions options)
    {
        if (settings.EffectiveNumber("DB_POOL_SIZE") is not { } size || settings.EffectiveNumber("DB_MAX_OVERFLOW") is not { } overflow)
        {
            return null;
        }

        var server = facts.MaxConnections - facts.ReservedConnections - facts.OtherSessions;
        var available = new[] { server, facts.RoleLimit < 0 ? int.MaxValue : facts.RoleLimit, facts.DatabaseLimit < 0 ? int.MaxValue : facts.DatabaseLimit }.Min();
        return new(size, overflow, Math.Max(1, WorkersOf(settings, options)) * Math.Max(1, options.Engines) * Math.Max(1, options.Instances), available);
    }

    internal static int WorkersOf(EnvironmentSettings settings, LiveOptions options) => options.Workers ?? settings.Number("WEB_CONCURRENCY") ?? 1;

    /// <summary>What it means, for each key involved.</summary>
    internal IEnumerable<Finding> Judge(LiveTarget target, ServerFacts facts, EnvironmentSettings settings, LiveOptions options)
    {
        const string Rule = "live-budget";
        var workers = WorkersOf(settings, options);
        var limits = string.Create(CultureInfo.InvariantCulture,
            $"max_connections {facts.MaxConnections} − {facts.ReservedConnections} reserved − {facts.OtherSessions} sessions of others{(facts.RoleLimit >= 0 ? $"; the role's limit is {facts.RoleLimit}" : "")}{(facts.DatabaseLimit >= 0 ? $"; the database's limit is {facts.DatabaseLimit}" : "")}");
        var demand = IsUnlimited
            ? "The pool is unlimited"
            : string.Create(CultureInfo.InvariantCulture, $"The backend may open {Needed} connections ({PoolSize} + {MaxOverflow}, × {workers} workers × {options.Engines} engines × {options.Instances} instances)");
        var message = string.Create(CultureInfo.InvariantCulture, $"{demand}, and {target} has {Math.Max(0, Available)} for it ({limits}).");
        var remedy = SafeMaximum is var (size, overflow) && SafeMaximum is not null
            ? string.Create(CultureInfo.InvariantCulture, $"At most DB_POOL_SIZE={size} and DB_MAX_OVERFLOW={overflow} fit.")
            : "Not one connection for each process fits: fewer workers, fewer sessions of others, or a higher limit.";
        if (!IsExceeded)
        {
            return Needed > Available * 0.8
                ? [Finding.Warning("DB_POOL_SIZE", Rule, message, $"Leave some for people and maintenance. {remedy}")]
                : [Finding.Note("DB_POOL_SIZE", Rule, message)];
        }

        return [Finding.Error("DB_POOL_SIZE", Rule, message, remedy), Finding.Error("DB_MAX_OVERFLOW", Rule, message, remedy)];
    }
}
