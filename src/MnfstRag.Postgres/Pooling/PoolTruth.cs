using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Pooling;

/// <summary>What all sources together say of the application's connections.</summary>
/// <param name="Reading">Settings, backend, pooler, own pool; null before the first.</param>
/// <param name="Use">Sessions at the server; null before the first reading of them.</param>
/// <param name="Limits">Every limit that is known, the least first.</param>
/// <param name="Trend">Whether what the application holds has been rising; null when not.</param>
/// <param name="BehindPooler">Something shares or carries the server connections: their application_name and address may be its own.</param>
public sealed record PoolTruth(PoolReading? Reading, ApplicationUse? Use, IReadOnlyList<PoolLimit> Limits, ConnectionTrend? Trend, bool BehindPooler)
{
    /// <summary>The pooler, where one is asked.</summary>
    public PgBouncerReading? Pooler => Reading?.PgBouncer.Value;

    /// <summary>The limit that is reached first; null when none is known.</summary>
    public PoolLimit? Binding => Limits.Count > 0 ? Limits[0] : null;

    /// <summary>Server connections that the pooler may open for the application, where it shares them (transaction or statement mode): so many clients work at once. Null in session mode, without a pooler, or where a size is unknown.</summary>
    public int? AtOnce { get; private init; }

    /// <summary>Connections that count against <see cref="Limits"/>: clients of the pooler where one is asked, else sessions at the server.</summary>
    public int? Held { get; private init; }

    /// <summary>Time until <see cref="Binding"/> is reached at the rate of <see cref="Trend"/>; null when nothing rises, no limit is known, or it is reached.</summary>
    public TimeSpan? Left => Trend is { } trend && Binding is { } limit && Held is { } held && held < limit.Value
        ? TimeSpan.FromMinutes(Math.Min((limit.Value - held) / trend.PerMinute, TimeSpan.FromDays(365).TotalMinutes))
        : null;

    /// <summary>The one sentence: what is held, of what, which limit comes first, and when.</summary>
    public string Words => PoolWords.Of(this);

    /// <summary>Puts the sources together.</summary>
    /// <param name="reading">Settings, backend, pooler, own pool.</param>
    /// <param name="activity">Sessions of the server.</param>
    /// <param name="server">Its slots.</param>
    /// <param name="limits">Limits of database and roles.</param>
    /// <param name="database">The application's database; null takes all.</param>
    /// <param name="throughPooler">The dashboard itself found a pooler on its own way to the server.</param>
    public static PoolTruth Of(PoolReading? reading, Activity? activity, ServerLimits? server, ConnectionLimits? limits, string? database, bool throughPooler)
    {
        var use = activity is null ? null : ApplicationUse.Of(activity, database);
        var pooled = reading?.PgBouncer.Value is not null;
        var pools = reading?.PgBouncer.Value?.Of(database) ?? [];
        return new PoolTruth(
            reading,
            use,
            PoolLimits.Of(reading, use, server, limits, database),
            reading is null ? null : ConnectionTrend.Of([.. reading.Points.Select(point => Point(point, pooled, database)).OfType<ConnectionUse>()]),
            pooled || throughPooler)
        {
            Held = pooled ? pools.Sum(pool => pool.Clients) : use?.Open,
            AtOnce = pools.Count > 0 && pools.All(pool => pool is { IsSession: false, Most: not null })
                ? Math.Min(pools.Sum(pool => pool.Most!.Value), reading!.PgBouncer.Value!.MostPerDatabase ?? int.MaxValue)
                : null,
        };
    }

    private static ConnectionUse? Point(PoolPoint point, bool pooled, string? database) =>
        (pooled ? point.PgBouncer?.Of(database).Sum(pool => pool.Clients) : point.Use?.Open) is { } held ? new ConnectionUse(point.At, held) : null;
}
