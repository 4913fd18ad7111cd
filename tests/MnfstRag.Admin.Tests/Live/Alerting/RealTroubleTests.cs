using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Admin.Tests.Features.Fencing;
using MnfstRag.Admin.Tests.Features.Maintenance;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Live.Alerting;

/// <summary>Alerts of what is not read with the server's figures: raised once by the real thing, and ended once when it is mended.</summary>
[Collection(FenceServicesTests.Collection)]
public sealed class RealTroubleTests
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));

    [Fact]
    public async Task A_server_that_is_killed_is_told_once_and_ends_once_it_is_back()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var bench = new SamplerBench(server.ConnectionString());
        await bench.UntilAsync(one => one.State == WatchState.Live);
        await server.KillPostmasterAsync();
        await bench.UntilAsync(one => one is { State: WatchState.Failing, FailingSince: { } since } && one.PublishedAt - since >= TimeSpan.FromSeconds(1));
        await server.RestartAsync();
        await bench.UntilAsync(one => one.State == WatchState.Live);
        var back = bench.Seen.Count;
        await bench.UntilAsync(_ => bench.Seen.Count >= back + 3);

        Assert.Equal(
            [(AlertRules.Reach, "server", AlertChangeKind.Raised), (AlertRules.Reach, "server", AlertChangeKind.Ended)],
            new AlertWalk(AlertWalk.Soon(AlertRules.Reach, 1)).Over(bench.Seen));
    }

    [Fact]
    public async Task A_certificate_of_few_days_is_told_once_and_ends_once_it_is_renewed()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var store = await TestStore.CreateAsync();
        await using var services = await store.MigratedAsync();
        await services.GetRequiredService<EnvironmentStore>().UpsertAsync(
            [new ConfiguredEnvironment("production", new Dictionary<CredentialKind, string> { [CredentialKind.Watch] = $"postgresql://watcher:x@127.0.0.1:{server.Port}/postgres" })], CancellationToken.None);
        var environments = services.GetRequiredService<IEnvironmentStore>();
        var source = new CertificateWatch(_watches, environments, new StoreState(_clock), _clock);
        using var rounds = new AlertRounds(Contexts(services), _watches, Assert.Single(await environments.ListAsync()), source, source.LookAsync, _clock);
        using var authority = new TlsAuthority();

        await rounds.PassAsync();
        Assert.Empty(await rounds.AlertsAsync());

        await TlsAuthority.InstallAsync(server, authority.Issue("localhost", _clock.GetUtcNow().AddDays(-80), _clock.GetUtcNow().AddDays(5)));
        _clock.Advance(TimeSpan.FromHours(1));
        await rounds.PassAsync();
        await rounds.PassAsync();
        Assert.StartsWith("certificate critical: The server's certificate expires in 4 days", Assert.Single(await rounds.AlertsAsync()), StringComparison.Ordinal);

        await TlsAuthority.InstallAsync(server, authority.Issue("localhost", _clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddDays(90)));
        _clock.Advance(TimeSpan.FromHours(1));
        await rounds.PassAsync();
        await rounds.PassAsync();
        Assert.StartsWith("ended certificate critical: The server's certificate expires in 89 days", Assert.Single(await rounds.AlertsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_maintenance_run_that_failed_is_told_once_and_ends_once_the_same_has_gone_well()
    {
        await using var database = await WatchedDatabase.CreateAsync(PostgresVersions.Newest);
        await using var bench = await MaintenanceBench.CreateAsync(database.MaintainUrl);
        await bench.StartAsync();

        // ANALYZE computes what an index is made of: it fails as long as that does.
        await database.Database.ExecuteAsync("""
            CREATE TABLE trouble AS SELECT false AS there;
            GRANT SELECT ON trouble TO PUBLIC;
            CREATE FUNCTION checked(id int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN IF (SELECT there FROM public.trouble) THEN RAISE 'The disk is being replaced.'; END IF; RETURN id; END $$;
            CREATE INDEX documents_checked ON documents (checked(id));
            UPDATE trouble SET there = true;
            """);
        var environment = Assert.Single(await bench.Services.GetRequiredService<IEnvironmentStore>().ListAsync());
        var source = new MaintenanceAlerts(_watches, bench.Services.GetRequiredService<FailedRuns>(), new StoreState(_clock), _clock);
        using var rounds = new AlertRounds(Contexts(bench.Services), _watches, environment, source, source.LookAsync, _clock);
        var analyse = new AnalyzeTable(await database.TableAsync("documents"));
        await rounds.PassAsync();
        Assert.Empty(await rounds.AlertsAsync());

        var failed = await bench.UntilAsync(await bench.AskAsync(analyse), MaintenanceRunState.Done, MaintenanceRunState.Failed, MaintenanceRunState.Refused);
        Assert.Equal(MaintenanceRunState.Failed, failed.State);
        await rounds.PassAsync();
        await rounds.PassAsync();
        Assert.Equal($"failed-runs warning: 1 maintenance run of the last day did not do what it should, the last: {failed.Title}.", Assert.Single(await rounds.AlertsAsync()));

        await database.Database.ExecuteAsync("UPDATE trouble SET there = false");
        var done = await bench.UntilAsync(await bench.AskAsync(analyse), MaintenanceRunState.Done, MaintenanceRunState.Failed, MaintenanceRunState.Refused);
        Assert.True(done.State == MaintenanceRunState.Done, done.Words);
        await rounds.PassAsync();
        await rounds.PassAsync();
        Assert.Equal("ended failed-runs warning: No maintenance run of the last day failed.", Assert.Single(await rounds.AlertsAsync()));
    }

    [Fact]
    public async Task A_fence_that_somebody_opened_is_told_once_and_ends_once_it_is_mended_and_tested()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations, ownNames: false);
        await using var store = await TestStore.CreateAsync();
        await using var services = await store.MigratedAsync();
        await services.GetRequiredService<EnvironmentStore>().UpsertAsync(
            [new ConfiguredEnvironment("production", new Dictionary<CredentialKind, string> { [CredentialKind.Watch] = fenced.Watch.ToText(), [CredentialKind.Fence] = fenced.Fence.ToText() })], CancellationToken.None);
        var environments = services.GetRequiredService<IEnvironmentStore>();
        var environment = Assert.Single(await environments.ListAsync());
        var records = new FenceRecords(Contexts(services), _clock);
        var testing = new FenceTesting(environments, records, new FenceInspection(environments, records, _clock), _clock);
        var source = new FenceAlerts(_watches, records, new StoreState(_clock), _clock);
        using var rounds = new AlertRounds(Contexts(services), _watches, environment, source, source.LookAsync, _clock);
        Assert.Equal(FenceVerdict.Held, (await testing.RunAsync(environment.Id, null, CancellationToken.None)).Verdict);
        await rounds.PassAsync();
        Assert.Empty(await rounds.AlertsAsync());

        await fenced.Database.ExecuteAsync($"GRANT SELECT ON public.messages TO \"{fenced.Reader.Name}\"");
        var red = await testing.RunAsync(environment.Id, null, CancellationToken.None);
        Assert.Equal(FenceVerdict.Broken, red.Verdict);
        await rounds.PassAsync();
        await rounds.PassAsync();
        Assert.StartsWith("fence critical: ", Assert.Single(await rounds.AlertsAsync()), StringComparison.Ordinal);

        await fenced.Database.ExecuteAsync($"REVOKE SELECT ON public.messages FROM \"{fenced.Reader.Name}\"");
        Assert.Equal(FenceVerdict.Held, (await testing.RunAsync(environment.Id, null, CancellationToken.None)).Verdict);
        await rounds.PassAsync();
        await rounds.PassAsync();
        Assert.Matches("^ended fence critical: All [0-9]+ attempts were held off.$", Assert.Single(await rounds.AlertsAsync()));
    }

    private static IDbContextFactory<AdminDbContext> Contexts(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<AdminDbContext>>();
}
