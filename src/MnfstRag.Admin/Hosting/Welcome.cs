using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Hosting.Development;
using MnfstRag.Admin.Hosting.Metrics;

namespace MnfstRag.Admin.Hosting;

/// <summary>
/// Says where the product is once it listens and, in Development, with which one-time password. Standard output only: the
/// password is never in the log.
/// </summary>
public sealed class Welcome(
    IServer server,
    IHostApplicationLifetime lifetime,
    IHostEnvironment host,
    IConfiguration configuration,
    FirstAdministrator administrator,
    IOptions<MetricsOptions> metrics,
    ITerminal terminal,
    DevelopmentServers? servers = null) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        var urls = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).ForPeople(metrics.Value).ToList();
        var password = await administrator.PrepareAsync(urls, stoppingToken);
        terminal.Line($"MNFST-RAG Admin is open at {string.Join(" and ", urls)}");
        if (password is not null)
        {
            terminal.Line($"Sign in as {FirstAdministrator.Name} with the one-time password {password} (good for 24 hours; you will be asked to change it).");
        }

        if (host.IsDevelopment())
        {
            if (servers?.Watched is not null && FirstAdministrator.AreLoopback(urls))
            {
                terminal.Line($"Or as {SampleSignIn.Address} with the password {SampleSignIn.Password}: a tenant admin of the sample's product.");
            }

            terminal.Line("Press Ctrl+C to stop.");
            if (configuration.GetValue<bool>("Terminal:OpenBrowser") && urls.FirstOrDefault() is { } url)
            {
                Browser.TryOpen(url);
            }
        }
    }
}
