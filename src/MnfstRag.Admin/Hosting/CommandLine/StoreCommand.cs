using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
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
            try
            {
                await using var services = Services();
                return await work(services, parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (OptionsValidationException fault)
            {
                terminal.Error(string.Join(Environment.NewLine, fault.Failures));
                return ExitCodes.Usage;
            }
            catch (Exception fault) when (fault is DbException || fault.InnerException is DbException)
            {
                terminal.Error($"The dashboard's own store (ConnectionStrings:Admin) cannot be used. {fault.GetBaseException().Message}");
                return ExitCodes.InternalError;
            }
        });
        return command;
    }

    private static ServiceProvider Services()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = ContentRoot.Find(AppContext.BaseDirectory) });
        builder.AddLogging();
        builder.Services.AddStoreWithoutService(builder.Configuration);
        builder.Services.AddAccounts();
        return builder.Services.BuildServiceProvider();
    }
}
