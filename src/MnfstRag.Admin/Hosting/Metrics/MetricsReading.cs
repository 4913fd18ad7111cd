using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Hosting.Health;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>
/// Makes a scrape of the snapshots in memory: a scrape never reaches a watched server. What is not fresh is left out, but for
/// <c>pg_up</c>: an old figure that looks like a new one is a lie.
/// </summary>
internal sealed class MetricsReading(EnvironmentWatches watches, DatabaseHealthReading health, IOptions<MetricsOptions> options, TimeProvider clock, CircuitSeats seats)
{
    /// <summary>Databases of a server that have series of their own.</summary>
    public const int MostDatabases = 100;

    /// <summary>Everything now.</summary>
    public MetricSheet Read()
    {
        var sheet = new MetricSheet();
        sheet.Add("mnfst_admin_open_pages", MetricType.Gauge, "Pages whose browser is connected.", seats.Taken);
        foreach (var watch in watches.All)
        {
            Write(new EnvironmentSheet(sheet, watch.Environment.Name), watch);
        }

        return sheet;
    }

    private void Write(EnvironmentSheet sheet, EnvironmentWatch watch)
    {
        var now = clock.GetUtcNow();
        var snapshot = watch.Feed.Latest;
        var fresh = snapshot is not null && health.IsFresh(snapshot);

        // A follower knows nothing of the server: it must not say that it is down.
        sheet.Gauge("pg_up", "Whether the server answers.", snapshot?.State is WatchState.Live or WatchState.Failing ? fresh ? 1 : 0 : null);
        OwnMetrics.Always(sheet, watch, now);
        if (!fresh)
        {
            return;
        }

        var databases = Databases(snapshot!);
        SessionMetrics.Write(sheet, snapshot!, databases);
        DatabaseMetrics.Write(sheet, snapshot!, databases);
        SettingMetrics.Write(sheet, snapshot!);
        ServerStateMetrics.Write(sheet, snapshot!);
        ShapeMetrics.Write(sheet, snapshot!, options.Value);
        OwnMetrics.Fresh(sheet, snapshot!, now);
    }

    private static List<string> Databases(EnvironmentSnapshot snapshot) =>
    [
        .. (snapshot.Slow.Of(DatabasesReader.Instance)?.Value.Databases ?? [])
            .OrderByDescending(one => one.Backends).ThenBy(one => one.Name, StringComparer.Ordinal).Take(MostDatabases).Select(one => one.Name),
    ];
}
