using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.CommandLine;
using MnfstRag.Admin.Hosting.Health;
using MnfstRag.Admin.Hosting.Logging;
using MnfstRag.Admin.Hosting.Security;

var terminal = new ConsoleTerminal();
try
{
    if (await AdminCommandLine.TryRunAsync(args, terminal, CancellationToken.None) is { } exitCode)
    {
        return exitCode;
    }

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = ContentRoot.Find(AppContext.BaseDirectory),
    });
    ListeningPorts.EnsureFree(builder.Configuration);

    builder.AddLogging();
    builder.Services.AddSingleton<ITerminal>(terminal);
    builder.Services.AddHealthChecks();

    var app = builder.Build();
    app.UseRequestLog();
    app.UseSecurityHeaders();
    app.UseSameOrigin();
    app.MapHealth();
    await app.RunAsync();
    return 0;
}
catch (StartupException fault)
{
    terminal.Error(fault.Message);
    return 1;
}
