using System.Runtime.InteropServices;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>
/// Ctrl+C and SIGTERM from the first moment: the host listens only once it runs, and until then they would end the process and leave servers
/// behind.
/// </summary>
public sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations;

    /// <summary>Starts to listen.</summary>
    public TerminationSignals()
        => registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, Stop)),
        ];

    /// <summary>Cancelled at the first signal; pass it to everything that starts, and to the host's run.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        source.Cancel();
    }
}
