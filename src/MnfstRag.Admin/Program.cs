using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.CommandLine;
using MnfstRag.Admin.Hosting.Development;
using MnfstRag.Admin.Hosting.Health;
using MnfstRag.Admin.Hosting.Logging;
using MnfstRag.Admin.Hosting.Security;

var terminal = new ConsoleTerminal();
using var signals = new TerminationSignals();
try
{
    if (await AdminCommandLine.TryRunAsync(args, terminal, signals.Token) is { } exitCode)
    {
        return exitCode;
    }

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = ContentRoot.Find(AppContext.BaseDirectory),
    });
    ListeningPorts.EnsureFree(builder.Configuration);

    await using var servers = await DevelopmentServers.StartAsync(builder.Configuration, terminal, signals.Token);

    builder.AddLogging();
    builder.Services.AddSingleton<ITerminal>(terminal);
    builder.Services.AddHealthChecks();

    builder.Services.AddDevelopment(servers, builder.Configuration);

    var app = builder.Build();
    app.UseRequestLog();
    app.UseSecurityHeaders();
    app.UseSameOrigin();
    app.MapHealth();
    await app.RunAsync(signals.Token);
    return 0;
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    return 0;
}
catch (StartupException fault)
{
    terminal.Error(fault.Message);
    return 1;
}
