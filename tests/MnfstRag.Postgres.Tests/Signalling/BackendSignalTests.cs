using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Signalling;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Signalling;

public sealed class BackendSignalTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Terminate_ends_the_session_that_is_meant(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        var victim = await watched.OpenAsync("victim");
        await victim.RunAsync("BEGIN");

        var result = await SendAsync(watched.Url, SignalKind.Terminate, await TargetAsync(watched, victim));

        Assert.Equal(new SignalResult(SignalOutcome.Sent, true, $"Session {victim.ProcessID} has ended; its transaction was rolled back."), result);
        await Assert.ThrowsAsync<PostgresException>(() => victim.RunAsync("SELECT 1"));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Cancel_stops_the_statement_and_leaves_the_session(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        var victim = await watched.OpenAsync("victim");
        var sleeping = victim.RunAsync("SELECT pg_sleep(60)");
        var target = await RunningAsync(watched, victim);
        var another = await SendAsync(watched.Url, SignalKind.Cancel, target with { QueryStart = target.QueryStart!.Value.AddSeconds(-5) });

        var result = await SendAsync(watched.Url, SignalKind.Cancel, target);

        Assert.Equal(SignalOutcome.NotFound, another.Outcome);
        Assert.Contains("another statement", another.Words, StringComparison.Ordinal);
        Assert.Equal((SignalOutcome.Sent, true), (result.Outcome, result.Gone));
        Assert.Equal("57014", (await Assert.ThrowsAsync<PostgresException>(() => sleeping)).SqlState);
        await victim.RunAsync("SELECT 1");
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_reused_pid_is_never_hit_and_an_ended_session_not_found(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        var innocent = await watched.OpenAsync("innocent");
        var target = await TargetAsync(watched, innocent);

        foreach (var kind in Enum.GetValues<SignalKind>())
        {
            var reused = await SendAsync(watched.Url, kind, target with { BackendStart = target.BackendStart!.Value.AddTicks(-10) });
            var ended = await SendAsync(watched.Url, kind, target with { Pid = int.MaxValue });

            Assert.Equal((SignalOutcome.NotFound, null), (reused.Outcome, reused.Gone));
            Assert.Contains("another session's now", reused.Words, StringComparison.Ordinal);
            Assert.Equal((SignalOutcome.NotFound, null), (ended.Outcome, ended.Gone));
        }

        await innocent.RunAsync("SELECT 1");
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Without_the_privilege_it_is_refused_with_the_grant_that_helps(int major)
    {
        await using var watched = await Watched.StartAsync(major, WatchingRole.Monitor);
        var owner = await watched.Database.Server.CreateRoleAsync();
        var victim = await watched.OpenAsync("victim", owner);
        var target = await TargetAsync(watched, victim);

        var refused = await SendAsync(watched.Url, SignalKind.Terminate, target);
        await victim.RunAsync("SELECT 1");
        await watched.Database.Server.ExecuteAsync(refused.Grant!);
        var sent = await SendAsync(watched.Url, SignalKind.Terminate, target);

        Assert.Equal(SignalOutcome.Refused, refused.Outcome);
        Assert.Equal($"GRANT pg_signal_backend TO \"{watched.Role!.Name}\";", refused.Grant);
        Assert.Equal((SignalOutcome.Sent, true), (sent.Outcome, sent.Gone));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_superusers_session_is_refused_and_no_grant_is_offered(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        var signaller = await server.CreateRoleAsync("pg_signal_backend", "pg_monitor");
        await using var watched = await Watched.StartAsync(major);
        var victim = await watched.OpenAsync("victim");
        var url = DatabaseUrl.Parse(watched.Database.ConnectionStringFor(signaller)).Url!;

        var result = await SendAsync(url, SignalKind.Terminate, await TargetAsync(watched, victim));

        Assert.Equal((SignalOutcome.Refused, null), (result.Outcome, result.Grant));
        Assert.Contains("superuser postgres's", result.Words, StringComparison.Ordinal);
        await victim.RunAsync("SELECT 1");
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_session_whose_start_is_hidden_is_refused(int major)
    {
        await using var watched = await Watched.StartAsync(major, WatchingRole.Bare);
        var victim = await watched.OpenAsync("victim");
        var target = await TargetAsync(watched, victim);

        var unknown = await SendAsync(watched.Url, SignalKind.Terminate, target with { BackendStart = null });
        var hidden = await SendAsync(watched.Url, SignalKind.Terminate, target);

        Assert.Equal((SignalOutcome.Refused, SignalOutcome.Refused), (unknown.Outcome, hidden.Outcome));
        Assert.Equal($"GRANT pg_read_all_stats, pg_signal_backend TO \"{watched.Role!.Name}\";", unknown.Grant);
        Assert.Equal(unknown.Grant, hidden.Grant);
        await victim.RunAsync("SELECT 1");
    }

    [Fact]
    public async Task An_unreachable_server_means_that_nothing_was_sent()
    {
        var result = await SendAsync(DatabaseUrl.Parse("postgresql://u:p@127.0.0.1:1/db").Url!, SignalKind.Terminate, new SignalTarget(1, TimeProvider.System.GetUtcNow()));

        Assert.Equal((SignalOutcome.NotSent, null), (result.Outcome, result.Gone));
        Assert.StartsWith("Nothing was sent. Nothing listens at 127.0.0.1:1.", result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_dies_while_it_signals_leaves_it_unconfirmed()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        var victim = await watched.OpenAsync("victim");
        await using var proxy = new CuttingProxy(watched.Database.Server.Port, "pg_terminate_backend");
        var url = DatabaseUrl.Parse(new NpgsqlConnectionStringBuilder(watched.Database.ConnectionString) { Port = proxy.Port }.ConnectionString).Url!;

        var result = await SendAsync(url, SignalKind.Terminate, await TargetAsync(watched, victim));

        Assert.Equal((SignalOutcome.Unconfirmed, null), (result.Outcome, result.Gone));
    }

    [Fact]
    public async Task Functions_of_the_databases_owner_do_not_stand_in_for_PostgreSQLs()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        var victim = await watched.OpenAsync("victim");
        await watched.Database.ExecuteAsync("CREATE FUNCTION public.pg_terminate_backend(int) RETURNS boolean LANGUAGE sql AS 'SELECT true'");
        await watched.Database.ExecuteAsync($"ALTER DATABASE \"{watched.Database.Name}\" SET search_path = public, pg_catalog");

        var result = await SendAsync(watched.Url, SignalKind.Terminate, await TargetAsync(watched, victim));

        Assert.Equal((SignalOutcome.Sent, true), (result.Outcome, result.Gone));
    }

    private static Task<SignalResult> SendAsync(DatabaseUrl url, SignalKind kind, SignalTarget target) =>
        new BackendSignal(url, TimeProvider.System).SendAsync(kind, target, CancellationToken.None);

    private static async Task<SignalTarget> TargetAsync(Watched watched, NpgsqlConnection session) => new(
        session.ProcessID,
        new DateTimeOffset(await watched.Database.ScalarAsync<DateTime>($"SELECT backend_start FROM pg_stat_activity WHERE pid = {session.ProcessID}")));

    private static async Task<SignalTarget> RunningAsync(Watched watched, NpgsqlConnection session)
    {
        var target = await TargetAsync(watched, session);
        while (true)
        {
            var start = await watched.Database.ScalarAsync<object>($"SELECT query_start FROM pg_stat_activity WHERE pid = {session.ProcessID} AND state = 'active' AND wait_event = 'PgSleep'");
            if (start is DateTime time)
            {
                return target with { QueryStart = new DateTimeOffset(time) };
            }
        }
    }
}
