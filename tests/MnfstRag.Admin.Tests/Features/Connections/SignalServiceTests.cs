using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Postgres.Signalling;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Features.Connections;

public sealed class SignalServiceTests
{
    [Theory]
    [ClassData(typeof(PostgresVersions))]
    public async Task Terminating_a_session_ends_it_between_two_audit_rows_of_one_correlation(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(await MaintainAsync(server));

        var report = await SendAsync(bench, victim, SignalKind.Terminate);

        Assert.True(report.Done, report.Words);
        Assert.False(await SignalBench.LivesAsync(server, victim.ProcessID));
        Assert.Equal([AuditPhase.Intent, AuditPhase.Outcome], bench.Rows.Select(row => row.Phase));
        Assert.All(bench.Rows, row => Assert.Equal(("backend.terminate", "ada", SignalBench.Environment), (row.Action, row.Actor!.Name, row.Environment)));
        Assert.Contains($"backend {victim.ProcessID}", bench.Rows[0].Object, StringComparison.Ordinal);
        Assert.Equal("done", bench.Rows[1].Outcome);
        Assert.Equal(report.Correlation, bench.Rows[1].Correlation);
    }

    [Fact]
    public async Task Support_is_refused_by_the_service_itself_and_nothing_happens()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(await MaintainAsync(server), Roles.Support);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => SendAsync(bench, victim, SignalKind.Terminate));
        Assert.True(await SignalBench.LivesAsync(server, victim.ProcessID));
        Assert.Empty(bench.Rows);
    }

    [Fact]
    public async Task A_pid_that_is_another_sessions_by_now_is_not_hit()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(await MaintainAsync(server));
        var key = await SignalBench.KeyAsync(victim);

        var report = await bench.Service.SendAsync(SignalBench.Environment, SignalKind.Terminate, key with { BackendStart = key.BackendStart.AddMicroseconds(-1) });

        Assert.Equal(SignalOutcome.NotFound, report.Outcome);
        Assert.True(await SignalBench.LivesAsync(server, victim.ProcessID));
        Assert.Equal("not found", bench.Rows[^1].Outcome);
    }

    [Fact]
    public async Task A_session_that_has_gone_is_said_to_be_gone()
    {
        var server = await PostgresServers.GetAsync();
        var victim = await VictimAsync(server);
        var key = await SignalBench.KeyAsync(victim);
        await victim.DisposeAsync();
        var bench = new SignalBench(await MaintainAsync(server));

        var report = await bench.Service.SendAsync(SignalBench.Environment, SignalKind.Terminate, key);

        Assert.Equal(SignalOutcome.NotFound, report.Outcome);
        Assert.Equal("not found", bench.Rows[^1].Outcome);
    }

    [Fact]
    public async Task A_superusers_session_is_refused_in_words_and_lives_on()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await victim.OpenAsync();
        var bench = new SignalBench(await MaintainAsync(server));

        var report = await SendAsync(bench, victim, SignalKind.Terminate);

        Assert.Equal(SignalOutcome.Refused, report.Outcome);
        Assert.Contains("superuser", report.Words, StringComparison.Ordinal);
        Assert.Equal("refused", bench.Rows[^1].Outcome);
        Assert.True(await SignalBench.LivesAsync(server, victim.ProcessID));
    }

    [Fact]
    public async Task Without_its_intent_in_the_audit_log_nothing_is_sent()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(await MaintainAsync(server)) { Broken = AuditPhase.Intent };

        var report = await SendAsync(bench, victim, SignalKind.Terminate);

        Assert.Equal(SignalOutcome.NotSent, report.Outcome);
        Assert.Contains("audit log", report.Words, StringComparison.Ordinal);
        Assert.True(await SignalBench.LivesAsync(server, victim.ProcessID));
    }

    [Fact]
    public async Task An_outcome_that_the_audit_log_cannot_take_is_said()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(await MaintainAsync(server)) { Broken = AuditPhase.Outcome };

        var report = await SendAsync(bench, victim, SignalKind.Terminate);

        Assert.True(report.Done);
        Assert.Contains("unproven", report.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_watch_credential_never_stands_in_for_a_missing_maintain_credential()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(maintain: null) { Watch = server.ConnectionString() };

        var report = await SendAsync(bench, victim, SignalKind.Terminate);

        Assert.Equal(SignalOutcome.NotSent, report.Outcome);
        Assert.Contains("pg_signal_backend", report.Grant, StringComparison.Ordinal);
        Assert.True(await SignalBench.LivesAsync(server, victim.ProcessID));
        Assert.Empty(bench.Rows);
    }

    [Fact]
    public async Task Fifty_clicks_are_one_run()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(await MaintainAsync(server));
        var key = await SignalBench.KeyAsync(victim);

        var reports = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => bench.Service.SendAsync(SignalBench.Environment, SignalKind.Terminate, key)));
        var late = await bench.Service.SendAsync(SignalBench.Environment, SignalKind.Terminate, key);

        Assert.All(reports.Append(late), report => Assert.True(report.Done, report.Words));
        Assert.Equal(2, bench.Rows.Count);
    }

    [Fact]
    public async Task Cancelling_ends_the_statement_that_was_meant_and_none_that_followed()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var bench = new SignalBench(await MaintainAsync(server));
        var key = await SignalBench.KeyAsync(victim);
        await using var sleep = new NpgsqlCommand("SELECT pg_sleep(60)", victim);
        var sleeping = sleep.ExecuteNonQueryAsync();

        var another = await bench.Service.SendAsync(SignalBench.Environment, SignalKind.Cancel, key, key.BackendStart.AddYears(-1));
        Assert.Equal(SignalOutcome.NotFound, another.Outcome);
        Assert.False(sleeping.IsCompleted);

        var report = await bench.Service.SendAsync(SignalBench.Environment, SignalKind.Cancel, key);
        Assert.True(report.Done, report.Words);
        var ended = await Assert.ThrowsAsync<PostgresException>(() => sleeping);
        Assert.Equal(PostgresErrorCodes.QueryCanceled, ended.SqlState);
        Assert.True(await SignalBench.LivesAsync(server, victim.ProcessID));
    }

    [Fact]
    public async Task Raw_text_is_read_behind_an_audit_row_and_not_without_one()
    {
        var server = await PostgresServers.GetAsync();
        await using var victim = await VictimAsync(server);
        var key = await SignalBench.KeyAsync(victim);
        await using (var command = new NpgsqlCommand("SELECT 'hunter2'", victim))
        {
            await command.ExecuteScalarAsync();
        }

        var bench = new SignalBench(maintain: null) { Watch = server.ConnectionString() };
        Assert.Equal("SELECT 'hunter2'", (await bench.Raw.ReadAsync(SignalBench.Environment, key)).Value);
        var row = Assert.Single(bench.Rows);
        Assert.Equal(("query.read-raw", AuditPhase.Event), (row.Action, row.Phase));
        Assert.DoesNotContain(row.Details!.Values, value => value.Contains("hunter2", StringComparison.Ordinal));

        bench.Broken = AuditPhase.Event;
        Assert.Null((await bench.Raw.ReadAsync(SignalBench.Environment, key)).Value);

        var support = new SignalBench(maintain: null, Roles.Support) { Watch = server.ConnectionString() };
        await Assert.ThrowsAsync<PermissionDeniedException>(() => support.Raw.ReadAsync(SignalBench.Environment, key));
    }

    private static async Task<MnfstRag.Admin.Features.Connections.SignalReport> SendAsync(SignalBench bench, NpgsqlConnection victim, SignalKind kind) =>
        await bench.Service.SendAsync(SignalBench.Environment, kind, await SignalBench.KeyAsync(victim));

    private static async Task<NpgsqlConnection> VictimAsync(PostgresServer server)
    {
        var role = await server.CreateRoleAsync();
        var connection = new NpgsqlConnection(server.ConnectionString("postgres", role) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<string> MaintainAsync(PostgresServer server) =>
        server.ConnectionString("postgres", await server.CreateRoleAsync("pg_signal_backend", "pg_read_all_stats"));
}
