using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>What a check has at hand during its turn: the address, the limits, and one connection that no other check uses meanwhile.</summary>
public sealed class CheckContext
{
    private readonly CheckRun run;
    private readonly ServerReader? reader;

    internal CheckContext(CheckRun run, ServerReader? reader) => (this.run, this.reader) = (run, reader);

    /// <summary>The server's address. It holds the password.</summary>
    public DatabaseUrl Url => run.Url;

    /// <summary>What the run may take.</summary>
    public CheckLimits Limits => run.Limits;

    /// <summary>This machine's clock.</summary>
    public TimeProvider Time => run.Time;

    /// <summary>What the server is, as sign-in learnt it.</summary>
    /// <exception cref="InvalidOperationException">The check does not need sign-in, and sign-in has not succeeded.</exception>
    public Capabilities Server => run.Server ?? throw new InvalidOperationException("Only a check that needs sign-in may ask what the server is.");

    private ServerReader Connection => reader ?? throw new InvalidOperationException("Only a check that asks the server has a connection.");

    /// <summary>How the session of sign-in is encrypted; null when nobody is signed in. Completes when sign-in has ended.</summary>
    internal Task<SessionTls?> SignedInAsync(CancellationToken cancellationToken) => run.SignedIn.WaitAsync(cancellationToken);

    /// <summary>Signs in, and keeps what that teaches for the checks that follow.</summary>
    internal async Task<ServerReading> SignInAsync(CancellationToken cancellationToken)
    {
        var reading = await Connection.ReadAsync([SessionTlsReader.Instance], cancellationToken);
        run.Learn(reading);
        return reading;
    }

    /// <summary>One question to the server, timed; connecting is part of it where the connection is new.</summary>
    internal Task<ServerReading> ReadRawAsync(IReader question, CancellationToken cancellationToken) => Connection.ReadAsync([question], cancellationToken);

    /// <summary>One question to the server. A session that was ended from outside is opened again once.</summary>
    internal async Task<CheckAnswer<T>> ReadAsync<T>(IReader<T> question, CancellationToken cancellationToken)
        where T : class
    {
        if (run.Lost is { } lost)
        {
            return new(null, CheckOutcome.Skipped($"Needs sign-in, which was lost during the run. {lost}"));
        }

        var reading = await ReadRawAsync(question, cancellationToken);
        if (reading.Fault is { Kind: ConnectionFaultKind.Lost })
        {
            reading = await ReadRawAsync(question, cancellationToken);
        }

        if (reading.Fault is { } fault)
        {
            run.Lose(fault);
            return new(null, FaultText.Outcome(Verdict.Failing, fault.Words));
        }

        var (value, words) = reading.Of(question);
        return value is null
            ? new(null, FaultText.Outcome(Verdict.Warning, $"Could not be judged. {words}"))
            : new(value, Unread: null);
    }
}
