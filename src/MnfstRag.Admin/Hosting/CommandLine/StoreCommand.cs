using System.CommandLine;
using System.Data.Common;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Hosting.Configuring;
using MnfstRag.Admin.Hosting.Logging;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>
/// What commands on the dashboard's own store share: the same settings as the dashboard, its services without its web server, and
/// faults as one sentence.
/// </summary>
internal static class StoreCommand
{
    /// <summary>Lets <paramref name="command"/> run <paramref name="work"/>, which returns the exit code.</summary>
    public static Command Over(this Command command, ITerminal terminal, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ServiceProvider? services = null;
            try
            {
                services = await ServicesAsync(cancellationToken);
                services.ValidateOptions();
                return await work(services, parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (Exception fault) when (StartupFaults.Words(fault) is { } words)
            {
                terminal.Error(words);
                return ExitCodes.Usage;
            }
            catch (Exception fault) when (services is not null && (fault is DbException || fault.InnerException is DbException))
            {
                terminal.Error($"The dashboard's own store (ConnectionStrings:Admin) cannot be used. {services.GetRequiredService<StoreConnections>().Explain(fault)}");
                return ExitCodes.InternalError;
            }
            finally
            {
                await (services?.DisposeAsync() ?? ValueTask.CompletedTask);
            }
        });
        return command;
    }

    private static async Task<ServiceProvider> ServicesAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = ContentRoot.Find(AppContext.BaseDirectory) });
        await builder.Configuration.AddGuideSourcesAsync(builder.Environment, TimeProvider.System, cancellationToken);
        // What goes wrong is told in one sentence; the framework would tell it before, with its own stack.
        builder.Configuration.AddInMemoryCollection([new("Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore", "Fatal")]);
        builder.AddLogging();
        builder.Services.AddStoreWithoutService(builder.Configuration);
        builder.Services.AddAccounts();
        return builder.Services.BuildServiceProvider();
    }
}
