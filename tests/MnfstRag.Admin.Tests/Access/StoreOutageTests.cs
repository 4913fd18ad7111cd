using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Access;

public sealed class StoreOutageTests
{
    [Fact]
    public async Task While_the_store_is_away_pages_say_so_nothing_is_recorded_or_allowed_and_it_heals_by_itself()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var host = await AccessHost.StartAsync(await TestStore.CreateAsync(server));
        await host.AddUserAsync("anna", Roles.Administrator);
        using var browser = await host.SignedInAsync("anna");
        var state = host.Services.GetRequiredService<StoreState>();

        await server.KillPostmasterAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Services.GetRequiredService<Admin.Access.Audit.IAuditLog>()
            .WriteAsync(new Admin.Access.Audit.AuditEvent("test", Admin.Access.Audit.AuditPhase.Event, Actor: null)));
        await WaitAsync(state, ready: false);
        foreach (var path in new[] { "/account/sign-in", "/account/manage", "/connections" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("Waiting for the dashboard's own database", (await Browser.ParseAsync(answer)).Body!.TextContent, StringComparison.Ordinal);
        }

        using var style = await browser.GetAsync("/app.css");
        Assert.Equal(HttpStatusCode.OK, style.StatusCode);

        await server.RestartAsync();
        await WaitAsync(state, ready: true);
        using var again = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static async Task WaitAsync(StoreState state, bool ready)
    {
        var reached = new TaskCompletionSource();
        state.Changed += Look;
        Look();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(90));
        state.Changed -= Look;

        void Look()
        {
            if (state.Current.IsReady == ready)
            {
                reached.TrySetResult();
            }
        }
    }
}
