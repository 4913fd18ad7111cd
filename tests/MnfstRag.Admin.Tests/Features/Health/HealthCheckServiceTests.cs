using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Features.Health;
using MnfstRag.Postgres.Checking;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Health;

public sealed class HealthCheckServiceTests
{
    [Fact]
    public async Task Support_runs_every_check_and_the_answers_come_one_by_one_and_are_kept()
    {
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync("pg_monitor");
        await using var bench = await HealthBench.CreateAsync(Url(server, role));

        var seen = await bench.RunAsync();

        Assert.Equal(0, seen[0].Done);
        Assert.True(seen.Select(progress => progress.Done).SequenceEqual(seen.Select(progress => progress.Done).Order()));
        var run = Assert.IsType<HealthRun>(seen[^1].Finished);
        Assert.Null(seen[^1].Fault);
        Assert.Equal(HealthChecks.Names, run.Checks.Select(check => check.Name));
        Assert.Equal((Verdict.Ok, Verdict.Ok, Verdict.Ok), (Of(run, "reach"), Of(run, "sign-in"), Of(run, "audit-chain")));
        Assert.Equal(Verdict.Skipped, Of(run, "vault"));
        Assert.Contains("Its growth", run.Of("size")!.Outcome.Evidence, StringComparison.Ordinal);

        var kept = Assert.Single(await bench.Service().PastAsync("production"));
        Assert.Equal((run.Id, run.Server, "sam", run.Verdict), (kept.Id, kept.Server, kept.By, kept.Verdict));
        Assert.Equal(run.Checks.Select(check => check.Outcome), kept.Checks.Select(check => check.Outcome));
        Assert.Equal("1", await bench.Store.Database.ScalarAsync<string>("SELECT count(*)::text FROM audit.entries WHERE action = 'health.check' AND environment = 'production'"));
    }

    [Fact]
    public async Task A_server_that_broke_is_told_with_when_it_worked_last_and_no_password_is_anywhere()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var role = await server.CreateRoleAsync("pg_monitor");
        await using var bench = await HealthBench.CreateAsync(Url(server, role));
        var worked = (await bench.RunAsync())[^1].Finished!;
        await server.KillPostmasterAsync();

        var broken = (await bench.RunAsync())[^1].Finished!;

        Assert.Equal((Verdict.Failing, Verdict.Failing, Verdict.Skipped), (broken.Verdict, Of(broken, "reach"), Of(broken, "slots")));
        Assert.NotEmpty(broken.Of("reach")!.Outcome.Remedy);
        var all = await bench.Service().PastAsync("production");
        var past = HealthPast.Of(all[0], [.. all.Skip(1)], "reach");
        Assert.Equal((all[0].At, Verdict.Ok), (past.Since, past.Before));
        Assert.Equal(worked.At, past.WorkedAt!.Value, TimeSpan.FromMilliseconds(1));
        foreach (var form in Enum.GetValues<HealthReportForm>())
        {
            var report = (await bench.Service().ReportAsync(broken.Id, form, shortHosts: false))!;
            Assert.Contains("Worked at ", report.Text, StringComparison.Ordinal);
            Assert.Contains("127.0.0.1", report.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(role.Password, report.Text, StringComparison.Ordinal);
            var shortened = (await bench.Service().ReportAsync(broken.Id, form, shortHosts: true))!;
            Assert.DoesNotContain("127.0.0.1", shortened.Text, StringComparison.Ordinal);
        }

        Assert.Equal("4", await bench.Store.Database.ScalarAsync<string>("SELECT count(*)::text FROM audit.entries WHERE action = 'health.report'"));
        Assert.Equal("0", await bench.Store.Database.ScalarAsync<string>($"SELECT count(*)::text FROM admin.health_runs WHERE checks::text LIKE '%{role.Password}%'"));
    }

    [Fact]
    public async Task An_audit_log_that_somebody_changed_fails_the_check()
    {
        var server = await PostgresServers.GetAsync();
        await using var bench = await HealthBench.CreateAsync(Url(server, await server.CreateRoleAsync("pg_monitor")));
        await bench.RunAsync();
        await bench.Store.Database.ExecuteAsync("ALTER TABLE audit.entries DISABLE TRIGGER ALL; UPDATE audit.entries SET object = 'something else' WHERE action = 'health.check'; ALTER TABLE audit.entries ENABLE TRIGGER ALL");

        var run = (await bench.RunAsync())[^1].Finished!;

        Assert.Equal(Verdict.Failing, Of(run, "audit-chain"));
        Assert.Contains("was changed after it was written", run.Of("audit-chain")!.Outcome.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_run_is_said_in_words()
    {
        await using var bench = await HealthBench.CreateAsync(watch: null);
        Assert.Contains("has no watch credential", Assert.Single(await bench.RunAsync()).Fault, StringComparison.Ordinal);
        await foreach (var progress in bench.Service().RunAsync("gone"))
        {
            Assert.Contains("no environment called gone", progress.Fault, StringComparison.Ordinal);
        }

        Assert.Empty(await bench.Service().PastAsync("gone"));
        Assert.Null(await bench.Service().ReportAsync(Guid.NewGuid(), HealthReportForm.Html, shortHosts: false));
        var tenant = new Caller(Guid.NewGuid(), "tina", [Roles.TenantAdmin], Roles.PermissionsOf([Roles.TenantAdmin]));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => bench.Service(tenant).PastAsync("production"));
    }

    [Fact]
    public async Task Impatient_clicks_run_once()
    {
        var server = await PostgresServers.GetAsync();
        await using var bench = await HealthBench.CreateAsync(Url(server, await server.CreateRoleAsync("pg_monitor")));
        await using var first = bench.Service().RunAsync("production").GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        Assert.Contains("sam is checking production right now", Assert.Single(await bench.RunAsync()).Fault, StringComparison.Ordinal);
        await first.DisposeAsync();

        // The first was given up, so the way is free again.
        Assert.NotNull((await bench.RunAsync())[^1].Finished);
    }

    [Fact]
    public async Task Only_so_many_runs_are_kept()
    {
        await using var bench = await HealthBench.CreateAsync(watch: null);
        var production = await bench.ProductionAsync();
        await bench.Store.Database.ExecuteAsync($"INSERT INTO admin.health_runs (id, environment_id, at, milliseconds, by, server, verdict, checks) SELECT gen_random_uuid(), '{production.Id}', now() - n * interval '1 minute', 1, 'sam', 'h:1/d', 'Ok', '[]' FROM generate_series(1, 250) AS n");
        var run = new HealthRun(Guid.NewGuid(), "production", "h:1/d", TimeProvider.System.GetUtcNow(), TimeSpan.Zero, "sam", []);
        await bench.Runs.AddAsync(production, run, new AuditEvent("health.check", AuditPhase.Event, HealthBench.Sam, "production"), CancellationToken.None);
        Assert.Equal("200", await bench.Store.Database.ScalarAsync<string>("SELECT count(*)::text FROM admin.health_runs"));
        Assert.Equal(run.Id, (await bench.Service().PastAsync("production"))[0].Id);
    }

    private static Verdict Of(HealthRun run, string check) => run.Of(check)!.Outcome.Verdict;

    private static string Url(PostgresServer server, TestRole role) => $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/postgres?sslmode=disable";
}
