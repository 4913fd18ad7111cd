using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class ActivityReaderTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task It_says_what_the_catalog_says_at_that_moment(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var idle = await watched.OpenAsync("idler");
        await idle.RunAsync("SELECT 1");
        var open = await watched.OpenAsync("opener");
        await open.RunAsync("BEGIN; CREATE TABLE t ()");
        var broken = await watched.OpenAsync("breaker");
        await broken.RunAsync("BEGIN");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => broken.RunAsync("SELECT 1/0"));
        var asker = await watched.OpenAsWatcherAsync();

        var activity = await watched.ReadAsync(ActivityReader.Instance);
        var rows = await asker.RowsAsync("""
            SELECT pid, backend_start, usename::text, application_name, state, wait_event_type, wait_event, xact_start, query_start, state_change, query_id, clock_timestamp()
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name IN ('idler', 'opener', 'breaker')
            ORDER BY pid
            """);

        var sessions = activity.Sessions.Where(session => session.Database == watched.Database.Name && session.Application is "idler" or "opener" or "breaker").ToList();
        Assert.Equal(3, rows.Count);
        Assert.Equal(
            rows.Select(row => (row[0], Time(row[1]), row[2], row[3], row[5], row[6], Time(row[7]), Time(row[8]), Time(row[9]), row[10])),
            sessions.Select(session => ((object?)session.Pid, session.BackendStart, (object?)session.User, (object?)session.Application, (object?)session.WaitEventType, (object?)session.WaitEvent, session.TransactionStart, session.QueryStart, session.StateChange, (object?)session.QueryId)));
        Assert.All(sessions, session => Assert.InRange(activity.ServerTime, session.StateChange ?? DateTimeOffset.MinValue, Time(rows[0][11])!.Value));
        SessionState[] states = kind == WatchingRole.Bare
            ? [SessionState.Hidden, SessionState.Hidden, SessionState.Hidden]
            : [SessionState.Idle, SessionState.IdleInTransaction, SessionState.IdleInTransactionAborted];
        Assert.Equal(states.Order(), sessions.Select(session => session.State).Order());
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Its_own_connection_is_marked_and_nobody_elses(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        await watched.OpenAsync("someone");
        await watched.OpenAsync("mnfst-admin signal");

        var activity = await watched.ReadAsync(ActivityReader.Instance);

        var here = activity.Sessions.Where(session => session.Database == watched.Database.Name).ToList();
        Assert.Equal(["mnfst-admin", "mnfst-admin signal"], here.Where(session => session.IsDashboard).Select(session => session.Application).Order());
        Assert.Equal(["someone"], here.Where(session => !session.IsDashboard).Select(session => session.Application));
        Assert.Equal(SessionState.Active, here.Single(session => session.Application == "mnfst-admin").State);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_hidden_session_has_nothing_that_was_withheld(int major)
    {
        await using var watched = await Watched.StartAsync(major, WatchingRole.Bare);
        var other = await watched.OpenAsync("other");
        await other.RunAsync("SELECT 'private'");

        var activity = await watched.ReadAsync(ActivityReader.Instance);

        var hidden = activity.Sessions.Single(session => session.Application == "other" && session.Database == watched.Database.Name);
        Assert.Equal(SessionState.Hidden, hidden.State);
        Assert.Equal((null, null, null, null, null), (hidden.BackendStart, hidden.Client, hidden.Query, hidden.QueryId, hidden.WaitEvent));
        Assert.Equal(other.ProcessID, hidden.Pid);
        Assert.All(activity.Sessions, session => Assert.NotNull(session.User));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Query_text_is_masked_and_a_cut_one_is_marked(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        var one = await watched.OpenAsync("short");
        await one.RunAsync("SELECT 'secret', 4711");
        var two = await watched.OpenAsync("long");
        await two.RunAsync($"SELECT 'ä{new string('x', 2000)}'");
        var three = await watched.OpenAsync("exact");
        await three.RunAsync($"SELECT '{new string('x', 1022 - 9)}'");

        var sessions = (await watched.ReadAsync(ActivityReader.Instance)).Sessions
            .Where(session => session.Database == watched.Database.Name).ToDictionary(session => session.Application!);

        Assert.Equal(("SELECT ?, ?", false), (sessions["short"].Query, sessions["short"].QueryTruncated));
        Assert.Equal(("SELECT ?", true), (sessions["long"].Query, sessions["long"].QueryTruncated));
        Assert.Equal(("SELECT ?", false), (sessions["exact"].Query, sessions["exact"].QueryTruncated));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Clients_have_address_and_port_and_background_processes_are_left_out(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        var session = await watched.OpenAsync("tcp");

        var activity = await watched.ReadAsync(ActivityReader.Instance);

        var client = activity.Sessions.Single(one => one.Pid == session.ProcessID).Client;
        Assert.Equal(await session.AskAsync<string>("SELECT host(inet_client_addr()) || ':' || inet_client_port()"), client);
        Assert.All(activity.Sessions, one => Assert.Null(one.BackendType));
        Assert.Equal(activity.Sessions.OrderBy(one => one.Pid), activity.Sessions);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_session_that_holds_back_vacuum_tells_by_how_much(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        var holder = await watched.OpenAsync("holder");
        await holder.RunAsync("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
        await watched.Database.ExecuteAsync("SELECT pg_current_xact_id()");

        var activity = await watched.ReadAsync(ActivityReader.Instance);

        Assert.InRange(activity.Sessions.Single(one => one.Pid == holder.ProcessID).HorizonAge!.Value, 1, int.MaxValue);
    }

    private static DateTimeOffset? Time(object? value) => value is DateTime time ? new DateTimeOffset(time) : null;
}
