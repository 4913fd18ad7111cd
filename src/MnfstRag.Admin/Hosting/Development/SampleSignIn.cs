using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>
/// Lets the sample's tenant admins in at the first start, so that the tenant area can be seen as they see it; never where another machine
/// reaches the dashboard, since everybody knows their password. What an administrator decided afterwards is left alone.
/// </summary>
internal sealed class SampleSignIn(
    StoreState store, IServer server, IHostApplicationLifetime lifetime, IEnvironmentStore environments, ProductSignIns signIns, IDbContextFactory<AdminDbContext> contexts, AuditLog audit) : BackgroundService
{
    private const string Action = "sign-in.enable";

    /// <summary>A tenant admin of the sample.</summary>
    internal const string Address = "chiara.moreau@northwind-legal.example";

    /// <summary>The password of everybody in the sample.</summary>
    internal const string Password = "Sample-data-1";

    /// <summary>The sign-in function, by the same script that an administrator reviews elsewhere.</summary>
    /// <param name="address">The sample database, with the maintain credential.</param>
    /// <param name="role">The sign-in credential's role.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    internal static async Task EnsureFunctionAsync(string address, string role, CancellationToken cancellationToken)
    {
        var url = DatabaseUrl.Parse(address).Url!;
        var state = await new SignInInspector(url, SignInScript.Names(role), TimeProvider.System).InspectAsync(cancellationToken);
        if (state is { Script: { } script, Standing: not FenceStanding.InForce })
        {
            // What keeps it from being made is said on the fence's page.
            await new FenceInstaller(url, TimeProvider.System).ApplyAsync(script, cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await store.WhenReadyAsync(stoppingToken);
        if (!FirstAdministrator.AreLoopback(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []))
        {
            return;
        }

        if ((await environments.ListAsync(stoppingToken)).FirstOrDefault(one => one.Name == WatchedServer.Environment) is not { } environment)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(stoppingToken);
        if (await context.AuditEntries.AnyAsync(row => row.Action == Action && row.Environment == environment.Name, stoppingToken))
        {
            return;
        }

        await audit.WithAsync(
            context,
            async () => await signIns.SetAsync(context, environment.Id, enabled: true, SampleSettings.By, stoppingToken)
                ? new AuditEvent(Action, AuditPhase.Event, null, environment.Name, "sign-in of the sample's users", "done")
                : null,
            stoppingToken);
    }
}
