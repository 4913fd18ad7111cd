using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Hosting.Health;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Features;

namespace MnfstRag.Admin.Tests.Hosting.Health;

/// <summary>What an orchestrator is told while the store comes, while the first readings come, and when the store goes again.</summary>
public sealed class ProbeEndpointsTests
{
    [Fact]
    public async Task It_is_live_throughout_and_ready_only_with_its_store_and_a_first_snapshot_and_tells_no_names()
    {
        var state = new StoreState(TimeProvider.System);
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(state).AddSingleton(watches).AddDatabaseHealth();
        builder.Services.AddHealthChecks().AddCheck<StoreHealthCheck>("store", tags: [HealthEndpoints.ReadyTag]).AddCheck<FirstSnapshotCheck>("first snapshot", tags: [HealthEndpoints.ReadyTag]);
        await using var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        using var client = app.GetTestClient();

        await AreAsync(HttpStatusCode.ServiceUnavailable, "\"store\":{\"ok\":false");
        state.Set(ready: true, "The store db.internal:5432 answers.");
        await AreAsync(HttpStatusCode.ServiceUnavailable, "\"store\":{\"ok\":true");
        var snapshot = Snapshots.Live();
        watches.Update([new WatchedEnvironment(snapshot.EnvironmentId, "production", new HashSet<CredentialKind> { CredentialKind.Watch })]);
        await AreAsync(HttpStatusCode.ServiceUnavailable, "No first snapshot yet of one environment.");
        watches.All.Single().Publish(snapshot);
        await AreAsync(HttpStatusCode.OK, "\"status\":\"ready\"");

        // A watched server that is down is shown by the dashboard; it takes nobody else's dashboard away.
        watches.All.Single().Publish(snapshot with { State = WatchState.Failing, Explanation = "Nothing listens at db.internal:5432." });
        await AreAsync(HttpStatusCode.OK, "\"status\":\"ready\"");
        state.Set(ready: false, "The server db.internal:5432 refused the password for user mnfst_admin_app (28P01).");
        await AreAsync(HttpStatusCode.ServiceUnavailable, "\"status\":\"not ready\"");

        async Task AreAsync(HttpStatusCode ready, string words)
        {
            using var live = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
            Assert.Equal((HttpStatusCode.OK, "{\"status\":\"live\",\"checks\":{}}"), (live.StatusCode, await live.Content.ReadAsStringAsync()));
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(ready, answer.StatusCode);
            Assert.Contains(words, text, StringComparison.Ordinal);
            Assert.All(new[] { "internal", "mnfst_admin_app", "production" }, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal));
        }
    }
}
