using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>Does a transaction work, or wait prepared, for long? Those that do nothing are <see cref="IdleInTransactionCheck"/>'s.</summary>
internal sealed class LongTransactionsCheck : ICheck
{
    private const double WarningSeconds = 300;

    private const double FailingSeconds = 3600;

    public string Name => "long-transactions";

    public string Title => "No transaction runs for long";

    public string? Needs => CheckNames.SignIn;

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var (activity, unread) = await context.ReadAsync(ActivityReader.Instance, cancellationToken);
        if (activity is null)
        {
            return unread!;
        }

        (var prepared, unread) = await context.ReadAsync(PreparedTransactionsReader.Instance, cancellationToken);
        return prepared is null ? unread! : Judge(activity, prepared, context.Server);
    }

    /// <summary>The rule.</summary>
    public static CheckOutcome Judge(Activity activity, PreparedTransactions prepared, Capabilities server)
    {
        var sessions = HiddenSessions.Qualify(Sessions(activity), activity, server);
        return prepared.Oldest is null ? sessions : Outcomes.Together([sessions, Prepared(prepared)]);
    }

    private static CheckOutcome Sessions(Activity activity)
    {
        var longest = SessionWords.OfOthers(activity)
            .Where(session => session.State is not (SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted) && session.TransactionStart is not null)
            .MinBy(session => session.TransactionStart);
        if (longest is null)
        {
            return CheckOutcome.Ok("No transaction is running.");
        }

        var time = activity.ServerTime - longest.TransactionStart!.Value;
        var horizon = longest.HorizonAge is > 0 and var age ? $" It keeps vacuum from cleaning what the last {PlainWords.Of(age, "transaction")} left." : "";
        return CheckOutcome.AtLevel(
            time.TotalSeconds,
            WarningSeconds,
            FailingSeconds,
            $"The longest running transaction has run for {PlainWords.Duration(time)}: {SessionWords.Who(longest)}.{horizon}{SessionWords.Statement(longest)}",
            PlainWords.Text($"If nobody waits for its result, stop its statement: SELECT pg_cancel_backend({longest.Pid});"));
    }

    private static CheckOutcome Prepared(PreparedTransactions prepared) => CheckOutcome.AtLevel(
        prepared.Age.TotalSeconds,
        WarningSeconds,
        FailingSeconds,
        $"{PlainWords.Of(prepared.Count, "prepared transaction")}, the oldest ({prepared.Oldest}) for {PlainWords.Duration(prepared.Age)}.",
        "It keeps its locks through restarts. Once its coordinator agrees: COMMIT PREPARED or ROLLBACK PREPARED with its name, in its database.");
}
