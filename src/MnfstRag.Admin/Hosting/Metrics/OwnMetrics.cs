using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>What only the dashboard knows: findings, pools, ages of readings.</summary>
internal static class OwnMetrics
{
    private static readonly IReader[] Readings = [DatabasesReader.Instance, LockCountsReader.Instance, StatementsReader.Instance, TableReader.Instance, IndexReader.Instance, SettingsReader.Instance];

    /// <summary>Writes down what holds whether the server answers or not.</summary>
    public static void Always(EnvironmentSheet sheet, EnvironmentWatch watch, DateTimeOffset now)
    {
        var snapshot = watch.Feed.Latest;
        foreach (var state in Enum.GetValues<WatchState>())
        {
            sheet.Gauge("mnfst_admin_environment_state", "1 for the state the environment is in.", watch.Status.State == state ? 1 : 0, ("state", state.ToString().ToLowerInvariant()));
        }

        sheet.Gauge("mnfst_admin_viewers", "Circuits that watch the environment.", watch.Feed.Viewers);
        sheet.Gauge("mnfst_admin_reading_age_seconds", "Age of a reading.", (now - snapshot?.ReadAt)?.TotalSeconds, ("reading", "activity"));
        foreach (var level in Enum.GetValues<FindingLevel>())
        {
            sheet.Gauge("mnfst_admin_findings", "Findings of the environment now.", snapshot?.Findings.Count(finding => finding.Level == level), ("level", level.ToString().ToLowerInvariant()));
        }

        if (snapshot?.Pools?.Reading?.Own.Value is { } own)
        {
            sheet.Gauge("mnfst_admin_store_pool_connections", "Connections to the dashboard's own store.", own.Used, ("state", "used"));
            sheet.Gauge("mnfst_admin_store_pool_connections", "Connections to the dashboard's own store.", own.Idle, ("state", "idle"));
            sheet.Gauge("mnfst_admin_store_pool_most", "What that pool may hold.", own.Most);
            sheet.Gauge("mnfst_admin_store_pool_pending", "Requests that wait for one.", own.Pending);
            sheet.Counter("mnfst_admin_store_pool_timeouts_total", "Requests that waited in vain.", own.Timeouts);
        }
    }

    /// <summary>Writes down what a fresh reading told.</summary>
    public static void Fresh(EnvironmentSheet sheet, EnvironmentSnapshot snapshot, DateTimeOffset now)
    {
        foreach (var reader in Readings)
        {
            sheet.Gauge("mnfst_admin_reading_age_seconds", "Age of a reading.", Age(snapshot, reader, now), ("reading", reader.Name));
        }

        if (snapshot.Pools is not { } pools)
        {
            return;
        }

        sheet.Gauge("mnfst_admin_application_connections", "Connections that the application holds.", pools.Held);
        sheet.Gauge("mnfst_admin_application_connections_limit", "The least of all limits on them.", pools.Binding?.Value);
        foreach (var part in pools.Reading?.Backends.Where(part => part.Pool.IsFresh) ?? [])
        {
            sheet.Gauge("mnfst_admin_backend_pool_checked_out", "Connections that a worker of the backend uses.", part.Pool.Value!.CheckedOut, ("place", part.Place));
            sheet.Gauge("mnfst_admin_backend_pool_overflow", "Connections beyond the pool's size.", part.Pool.Value.Overflow, ("place", part.Place));
        }

        if (pools.Reading?.PgBouncer is { IsFresh: true, Value: { } pooler })
        {
            sheet.Gauge("mnfst_admin_pgbouncer_waiting_clients", "Clients that wait at PgBouncer.", pooler.Waiting);
        }
    }

    private static double? Age(EnvironmentSnapshot snapshot, IReader reader, DateTimeOffset now) => (now - (reader switch
    {
        DatabasesReader one => snapshot.Slow.Of(one)?.ReadAt,
        LockCountsReader one => snapshot.Slow.Of(one)?.ReadAt,
        StatementsReader one => snapshot.Slow.Of(one)?.ReadAt,
        TableReader one => snapshot.Slow.Of(one)?.ReadAt,
        IndexReader one => snapshot.Slow.Of(one)?.ReadAt,
        SettingsReader one => snapshot.Slow.Of(one)?.ReadAt,
        _ => null,
    }))?.TotalSeconds;
}
