using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Protection;
using MnfstRag.Admin.Features.Alerts;
using MnfstRag.Admin.Features.Audit;
using MnfstRag.Admin.Features.Checklists;
using MnfstRag.Admin.Features.Connections;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Admin.Features.Fencing;
using MnfstRag.Admin.Features.Health;
using MnfstRag.Admin.Features.Indexes;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Features.Overview;
using MnfstRag.Admin.Features.Pools;
using MnfstRag.Admin.Features.Queries;
using MnfstRag.Admin.Features.Server;
using MnfstRag.Admin.Features.Tables;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Admin.Features.Topology;
using MnfstRag.Admin.Features.Users;
using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.CommandLine;
using MnfstRag.Admin.Hosting.Configuring;
using MnfstRag.Admin.Hosting.Development;
using MnfstRag.Admin.Hosting.Health;
using MnfstRag.Admin.Hosting.Logging;
using MnfstRag.Admin.Hosting.Metrics;
using MnfstRag.Admin.Hosting.Security;
using MnfstRag.Admin.Hosting.Telemetry;
using MnfstRag.Admin.Live;

var terminal = new ConsoleTerminal();
using var signals = new TerminationSignals();
args = DotnetRun.Arguments(args);
try
{
    if (await AdminCommandLine.TryRunAsync(args, terminal, signals.Token) is { } exitCode)
    {
        return exitCode;
    }

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find(AppContext.BaseDirectory) });
    await builder.Configuration.AddGuideSourcesAsync(builder.Environment, TimeProvider.System, signals.Token);
    builder.Configuration.ListenForScrapes();
    ListeningPorts.EnsureFree(builder.Configuration);
    await using var development = await DevelopmentServers.StartAsync(builder.Configuration, terminal, signals.Token);

    builder.AddLogging().AddTelemetry().AddTrustedProxy().AddShell();
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    builder.Services
        .AddSingleton<ITerminal>(terminal)
        .AddStore(builder.Configuration)
        .AddAccess()
        .AddLive()
        .AddOverview()
        .AddConnectionsPage()
        .AddPools()
        .AddQueries()
        .AddIndexes()
        .AddTables()
        .AddServer()
        .AddTopology()
        .AddEnvironments()
        .AddApplying()
        .AddChecklists()
        .AddTenants()
        .AddHealthCheckPage()
        .AddMaintenance()
        .AddAlerts()
        .AddAudit()
        .AddUsers()
        .AddFencing()
        .AddDatabaseHealth()
        .AddScraping()
        .AddDevelopment(development, builder.Configuration)
        .AddHostedService<Welcome>()
        .ReadKeysWhenNeeded();

    var app = builder.Build();
    app.Services.ValidateOptions();
    app.UseForwardedHeaders();
    app.UseRequestLog();
    app.UseSecurityHeaders();
    app.UseScraping();
    app.UseSameOrigin();
    app.MapAccess();
    app.MapHealth();
    app.MapTenants();
    app.MapHealthReports();
    app.MapShell();
    await app.RunAsync(signals.Token);
    return 0;
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    return 0;
}
catch (Exception fault) when (StartupFaults.Words(fault) is { } words)
{
    terminal.Error(words);
    return 1;
}
