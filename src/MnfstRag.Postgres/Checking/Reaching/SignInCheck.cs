using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>Does the server admit the address's user to its database?</summary>
internal sealed class SignInCheck : ICheck
{
    public string Name => CheckNames.SignIn;

    public string Title => "The user may sign in";

    // It has its own words for a server that cannot be reached, so it need not wait for 'reach'.
    public string? Needs => null;

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var reading = await context.SignInAsync(cancellationToken);
        if (reading.Fault is { } fault)
        {
            return FaultText.Outcome(Verdict.Failing, fault.Words);
        }

        var server = context.Server;
        var standby = server.InRecovery ? " It is a standby." : "";
        var pooler = server.TransactionPooler ? " A pooler in transaction mode stands between." : "";
        return CheckOutcome.Ok($"{server.Role} is signed in to database {server.Database}.{standby}{pooler}");
    }
}
