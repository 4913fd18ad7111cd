using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>What of a server can be watched, what only in part, and the exact cure of each lack. From what the readers brought; no statement of its own.</summary>
public static class Availabilities
{
    private const int EnoughText = 4096;
    private const string Managed = "As a superuser; on a managed service in its settings.";

    /// <summary>Every panel, in the order of the pages; more than one line where more than one thing is in the way.</summary>
    public static IReadOnlyList<Availability> Of(ServerView view)
    {
        if (view.Capabilities is not { } server)
        {
            return [new(Panels.Connection, AvailabilityState.Unavailable, view.Outage?.Words ?? "The server has not been read yet.")];
        }

        var settings = view.Slow.Of(SettingsReader.Instance)?.Value;
        return
        [
            Connection(server),
            Sessions(view, server),
            QueryTexts(server),
            QueryIds(view, settings),
            StatementsAvailability.Of(server, view.Slow.Of(StatementsReader.Instance)?.Value, view.Slow.Fault(StatementsReader.Instance), settings),
            IoTimes(settings),
            Counted(Panels.Indexes, view, settings, IndexReader.Instance, server.InRecovery ? "This is a standby: scans are those of this server alone, not of its primary." : null),
            LastUse(server),
            Counted(Panels.Tables, view, settings, TableReader.Instance, server.InRecovery ? "This is a standby: writes, dead rows and vacuuming are counted on its primary." : null),
            Bloat(view, server),
            Sequences(view, server),
            Settings(view, server),
            Memory(view),
            Read(Panels.Checkpoints, view, CheckpointReader.Instance),
            Wal(view, server),
            Io(view, server, settings),
            Archiver(view, server),
            Replication(view, server),
            .. Pools(view.Pools?.Reading),
        ];
    }

    /// <summary>The first thing in the way of one panel; null when nothing is, or nothing is known yet.</summary>
    public static Availability? Of(ServerView view, string panel) =>
        Of(view).FirstOrDefault(availability => availability.Panel == panel && availability.State != AvailabilityState.Available);

    private static Availability Available(string panel) => new(panel, AvailabilityState.Available, "");

    private static Availability Connection(Capabilities server) =>
        server.TransactionPooler
            ? new(
                Panels.Connection,
                AvailabilityState.Degraded,
                "The server is watched through a pooler in transaction mode: every reading may come from another session, statements are not prepared, and nothing that needs a session can be done.",
                "Give the environment's Watch credential the server's direct address.")
            : server.InRecovery
                ? new(Panels.Connection, AvailabilityState.Degraded, "This is a standby: what only the primary counts or may do is not to be had here.", "Watch the primary too, as an environment of its own.")
                : Available(Panels.Connection);

    private static Availability Sessions(ServerView view, Capabilities server) => server switch
    {
        { TrackActivities: false } => new(
            Panels.Sessions,
            AvailabilityState.Degraded,
            "track_activities is off: the server does not say what its sessions do.",
            Managed,
            "ALTER SYSTEM SET track_activities = on;\nSELECT pg_reload_conf();"),
        { ReadsAllStats: false } => new(
            Panels.Sessions,
            AvailabilityState.Degraded,
            $"{server.Role} sees states and texts of its own sessions alone; {Plain.Count(view.Activity?.Sessions.Count(session => session.State == SessionState.Hidden) ?? 0, "session")} cannot be told apart.",
            "Give the watching role the right to.",
            $"GRANT pg_monitor TO {Plain.Quoted(server.Role)};"),
        _ => Available(Panels.Sessions),
    };

    private static Availability QueryTexts(Capabilities server) => server.TrackActivityQuerySize >= EnoughText
        ? Available(Panels.QueryTexts)
        : new(
            Panels.QueryTexts,
            AvailabilityState.Degraded,
            string.Create(CultureInfo.InvariantCulture, $"The server keeps {server.TrackActivityQuerySize - 1} bytes of what a session runs: longer queries are cut (track_activity_query_size)."),
            $"{Managed} It takes that much memory for each connection slot.",
            "ALTER SYSTEM SET track_activity_query_size = '4kB';",
            NeedsRestart: true);

    private static Availability QueryIds(ServerView view, SettingsReading? settings)
    {
        var mode = settings?["compute_query_id"]?.Value;
        var loaded = settings?["shared_preload_libraries"]?.Members.Contains(StatementsExtension.Name) == true || view.Slow.Of(StatementsReader.Instance)?.Value.Extension is not null;
        return mode is "off" || (mode is "auto" && !loaded)
            ? new(
                Panels.QueryIds,
                AvailabilityState.Unavailable,
                mode is "off" ? "compute_query_id is off: a session does not say which statement it runs." : "compute_query_id is auto, and no module that wants it is loaded: a session does not say which statement it runs.",
                Managed,
                "ALTER SYSTEM SET compute_query_id = on;\nSELECT pg_reload_conf();")
            : Available(Panels.QueryIds);
    }

    private static Availability IoTimes(SettingsReading? settings) => settings?["track_io_timing"]?.Value is "off"
        ? new(
            Panels.IoTimes,
            AvailabilityState.Unavailable,
            "track_io_timing is off: how long reading and writing takes is not measured, anywhere.",
            $"{Managed} It costs a look at the clock for each read; pg_test_timing tells how much that is on the machine.",
            "ALTER SYSTEM SET track_io_timing = on;\nSELECT pg_reload_conf();")
        : Available(Panels.IoTimes);

    private static Availability Counted<T>(string panel, ServerView view, SettingsReading? settings, IReader<T> reader, string? standby)
        where T : class =>
        Read(panel, view, reader) is { State: not AvailabilityState.Available } unread
            ? unread
            : settings?["track_counts"]?.Value is "off"
                ? new(
                    panel,
                    AvailabilityState.Degraded,
                    "track_counts is off: nothing is counted, and autovacuum does not know what to do.",
                    Managed,
                    "ALTER SYSTEM SET track_counts = on;\nSELECT pg_reload_conf();")
                : standby is null ? Available(panel) : new(panel, AvailabilityState.Degraded, standby);

    private static Availability LastUse(Capabilities server) => server.Major >= 16
        ? Available(Panels.LastUse)
        : new(Panels.LastUse, AvailabilityState.Unavailable, $"PostgreSQL {server.Major} does not keep when an index or table was used last; 16 and later do.", "What the dashboard saw itself stands in its history.");

    private static Availability Bloat(ServerView view, Capabilities server) =>
        Read(Panels.Bloat, view, BloatReader.Instance) is { State: not AvailabilityState.Available } unread
            ? unread
            : view.Slow.Of(BloatReader.Instance)?.Value.Unknown is { } unknown and > 0
                ? new(
                    Panels.Bloat,
                    AvailabilityState.Degraded,
                    $"Of {Plain.Count(unknown, "table or index", "tables and indexes")} the empty space is not estimated: {server.Role} may not see the statistics of their columns (pg_stats shows those of readable tables alone), or they were never analysed.",
                    "ANALYZE makes statistics where there are none. A role that may read a table sees its statistics too, and every tenant's content with them: the estimate is hardly worth that.")
                : Available(Panels.Bloat);

    private static Availability Sequences(ServerView view, Capabilities server) =>
        Read(Panels.Sequences, view, SequenceReader.Instance) is { State: not AvailabilityState.Available } unread
            ? unread
            : view.Slow.Of(SequenceReader.Instance)?.Value.Hidden is { } hidden and > 0
                ? new(
                    Panels.Sequences,
                    AvailabilityState.Degraded,
                    $"{Plain.Count(hidden, "sequence")} may not be read by {server.Role}: how far they are is not known.",
                    "As their owner, for each schema; or as a superuser: GRANT pg_read_all_data, which shows every table's content too.",
                    $"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {Plain.Quoted(server.Role)};")
                : Available(Panels.Sequences);

    private static Availability Settings(ServerView view, Capabilities server) =>
        Read(Panels.Settings, view, SettingsReader.Instance) is { State: not AvailabilityState.Available } unread
            ? unread
            : server.ReadsAllSettings
                ? Available(Panels.Settings)
                : new(
                    Panels.Settings,
                    AvailabilityState.Degraded,
                    $"{server.Role} does not see the settings kept for superusers, shared_preload_libraries among them, nor the files that values come from.",
                    "Give the watching role the right to.",
                    $"GRANT pg_read_all_settings TO {Plain.Quoted(server.Role)};");

    private static Availability Memory(ServerView view) => view.Memory is not null
        ? Available(Panels.Memory)
        : new(
            Panels.Memory,
            AvailabilityState.Degraded,
            "How much memory the server's machine has is not known, and no server tells it: shared_buffers and effective_cache_size cannot be judged.",
            "State it, for example Environments:<name>:Machine:Memory = 16GB, and start the dashboard again.");

    private static Availability Wal(ServerView view, Capabilities server) =>
        Read(Panels.Wal, view, WalReader.Instance) is { State: not AvailabilityState.Available } unread
            ? unread
            : server.ListsServerFiles
                ? Available(Panels.Wal)
                : new(Panels.Wal, AvailabilityState.Degraded, $"{server.Role} may not list the log's files: what they take on disk is not known.", "Give the watching role the right to.", $"GRANT pg_monitor TO {Plain.Quoted(server.Role)};");

    private static Availability Io(ServerView view, Capabilities server, SettingsReading? settings) => server.Major < 16
        ? new(Panels.Io, AvailabilityState.Unavailable, $"PostgreSQL {server.Major} does not count input and output by kind of process; 16 and later do.")
        : Read(Panels.Io, view, IoReader.Instance) is { State: not AvailabilityState.Available } unread
            ? unread
            : settings?["track_io_timing"]?.Value is "off"
                ? new(Panels.Io, AvailabilityState.Degraded, "Times are not measured: see I/O times.")
                : Available(Panels.Io);

    private static Availability Archiver(ServerView view, Capabilities server) =>
        Read(Panels.Archiver, view, ArchiverReader.Instance) is { State: not AvailabilityState.Available } unread
            ? unread
            : view.Slow.Of(ArchiverReader.Instance)?.Value switch
            {
                { IsOn: false } => new(Panels.Archiver, AvailabilityState.Unavailable, "archive_mode is off: this server archives no log. Point-in-time recovery needs it, or a tool that streams the log."),
                { Waiting: null } => new(Panels.Archiver, AvailabilityState.Degraded, $"{server.Role} may not see how many files wait to be archived.", "Give the watching role the right to.", $"GRANT pg_monitor TO {Plain.Quoted(server.Role)};"),
                _ => Available(Panels.Archiver),
            };

    private static Availability Replication(ServerView view, Capabilities server) =>
        Read(Panels.Replication, view, ReplicationReader.Instance) is { State: not AvailabilityState.Available } unread
            ? unread
            : view.Slow.Of(ReplicationReader.Instance)?.Value.Links.Count(link => link.State is null) is { } hidden and > 0
                ? new(
                    Panels.Replication,
                    AvailabilityState.Degraded,
                    $"How far {Plain.Count(hidden, "standby", "standbys")} lag is hidden from {server.Role}.",
                    "Give the watching role the right to.",
                    $"GRANT pg_monitor TO {Plain.Quoted(server.Role)};")
                : Available(Panels.Replication);

    private static IEnumerable<Availability> Pools(PoolReading? pools)
    {
        if (pools is null)
        {
            yield break;
        }

        yield return Named(Panels.PoolPlan, "What the application may open by its own settings is not known.", pools.PlanMissing, null);
        yield return Named(Panels.Backend, "The backend is not asked what its pool does.", pools.BackendMissing, pools.Backends.Select(backend => backend.Pool.Fault).FirstOrDefault(fault => fault is not null));
        yield return Named(Panels.Pooler, "No PgBouncer is named: if one stands between, its waiting clients are not seen.", pools.PgBouncer.Missing, pools.PgBouncer.Fault);
    }

    private static Availability Named(string panel, string why, string? missing, string? fault) =>
        missing is not null ? new(panel, AvailabilityState.Unavailable, why, missing)
        : fault is not null ? new(panel, AvailabilityState.Degraded, fault)
        : Available(panel);

    /// <summary>Whether a reader brings anything at all.</summary>
    private static Availability Read<T>(string panel, ServerView view, IReader<T> reader)
        where T : class =>
        view.Slow.Fault(reader) is { } fault
            ? new(panel, view.Slow.Of(reader) is null ? AvailabilityState.Unavailable : AvailabilityState.Degraded, $"It cannot be read now: {fault}")
            : Available(panel);
}
