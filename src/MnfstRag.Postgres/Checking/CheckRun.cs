using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>What the checks of one run learn and share.</summary>
internal sealed class CheckRun(DatabaseUrl url, CheckLimits limits, TimeProvider time)
{
    private readonly TaskCompletionSource<SessionTls?> signedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Capabilities? server;
    private volatile string? lost;

    public DatabaseUrl Url => url;

    public CheckLimits Limits => limits;

    public TimeProvider Time => time;

    public Capabilities? Server => server;

    /// <summary>Why the server answers no more; null while it does.</summary>
    public string? Lost => lost;

    /// <summary>Completes when sign-in has ended, with null when it failed or was not part of the run.</summary>
    public Task<SessionTls?> SignedIn => signedIn.Task;

    public void Learn(ServerReading reading)
    {
        if (reading.Fault is null)
        {
            server = reading.Capabilities;
            signedIn.TrySetResult(reading.Of(SessionTlsReader.Instance).Value);
        }
    }

    public void SignInEnded() => signedIn.TrySetResult(null);

    public void Lose(ConnectionFault fault) => lost = fault.Words;
}
