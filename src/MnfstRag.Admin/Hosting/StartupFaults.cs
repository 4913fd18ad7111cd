using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace MnfstRag.Admin.Hosting;

/// <summary>Tells why the process cannot start from a bug, and says it.</summary>
public static class StartupFaults
{
    /// <summary>Judges every option before anything uses one, so that all faults are told at once.</summary>
    /// <exception cref="OptionsValidationException">Options of one kind are wrong.</exception>
    /// <exception cref="AggregateException">Options of several kinds are wrong.</exception>
    public static void ValidateOptions(this IServiceProvider services) => services.GetService<IStartupValidator>()?.Validate();

    /// <summary>What a person reads, a line for each fault; null when it is no fault that a person can mend.</summary>
    public static string? Words(Exception fault) => fault switch
    {
        StartupException => fault.Message,
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Words(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Words)),
        IOException { InnerException: SocketException or AddressInUseException } =>
            $"The dashboard cannot listen: {fault.Message} Choose another address with --urls http://localhost:PORT.",
        _ => null,
    };
}
