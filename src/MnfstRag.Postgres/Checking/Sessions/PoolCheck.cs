using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>What do the product's own sessions do, as the server sees them?</summary>
internal sealed class PoolCheck : ServerCheck<Activity>
{
    /// <summary>application_name of the product's backend.</summary>
    private const string Backend = "mnfst-rag-backend";

    /// <summary>Fewer idle in transaction are a moment's chance.</summary>
    private const int FewestIdleInTransaction = 3;

    public override string Name => "pool";

    public override string Title => "The product's pool works";

    protected override IReader<Activity> Question => ActivityReader.Instance;

    public override CheckOutcome Judge(Activity facts, Capabilities server)
    {
        var pool = facts.Sessions.Where(session => session.Application == Backend && session.Database == server.Database).ToList();
        var pooler = server.TransactionPooler ? " A pooler stands between: these are its server connections, and its waiting clients cannot be seen by SQL." : "";
        if (pool.Count == 0)
        {
            return NoSession(server);
        }

        var states = pool.GroupBy(session => session.State).OrderByDescending(group => group.Count()).Select(group => $"{PlainWords.Count(group.Count())} {Word(group.Key)}");
        var idle = pool.Count(session => session.State is SessionState.IdleInTransaction);
        var aborted = pool.Exists(session => session.State is SessionState.IdleInTransactionAborted);
        var evidence = $"{PlainWords.Of(pool.Count, "session")} of {Backend}: {string.Join(", ", states)}.{pooler}";
        if (aborted)
        {
            return CheckOutcome.Warning(evidence, "A transaction that failed was neither rolled back nor closed: the backend leaks it. Restarting the backend frees it.");
        }

        if (idle >= FewestIdleInTransaction && idle * 2 >= pool.Count)
        {
            return CheckOutcome.Warning(
                evidence, "Half of the pool or more holds transactions open and does nothing: the backend waits for something else (a model, a file, a lock of its own) inside transactions.");
        }

        return pool.Exists(session => session.State == SessionState.Hidden)
            ? CheckOutcome.Skipped($"{evidence} What the hidden ones do is not for {server.Role} to see.", Grants.Monitor(server))
            : CheckOutcome.Ok(evidence);
    }

    private static CheckOutcome NoSession(Capabilities server) => server switch
    {
        { InRecovery: true } => CheckOutcome.Ok($"No session of {Backend} is in {server.Database} on this standby."),
        { TransactionPooler: true } => CheckOutcome.Skipped($"No session in {server.Database} is named {Backend}, but a pooler stands between, and its server connections may carry any name.", "Ask the pooler: SHOW CLIENTS; in its admin console."),
        _ => CheckOutcome.Warning(
            $"No session of {Backend} is in {server.Database}.",
            "Look whether the product's backend runs and uses this database. Behind a pooler its sessions may carry the pooler's name."),
    };

    private static string Word(SessionState state) => state switch
    {
        SessionState.Active => "active",
        SessionState.Idle => "idle",
        SessionState.IdleInTransaction => "idle in transaction",
        SessionState.IdleInTransactionAborted => "idle in a failed transaction",
        SessionState.FastPath => "in a function call",
        SessionState.Disabled => "not tracked",
        SessionState.Starting => "starting",
        _ => "hidden",
    };
}
