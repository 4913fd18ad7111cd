using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>How many connections are left for an ordinary role before 53300?</summary>
internal sealed class SlotsCheck : ICheck
{
    private const double WarningPercent = 75;

    private const double FailingPercent = 90;

    public string Name => "slots";

    public string Title => "Connection slots are left";

    public string? Needs => CheckNames.SignIn;

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var (limits, unread) = await context.ReadAsync(ServerLimitsReader.Instance, cancellationToken);
        if (limits is null)
        {
            return unread!;
        }

        (var activity, unread) = await context.ReadAsync(ActivityReader.Instance, cancellationToken);
        return activity is null ? unread! : Judge(limits, activity, context.Server);
    }

    /// <summary>The rule. Our own connections are counted: they use slots too.</summary>
    public static CheckOutcome Judge(ServerLimits limits, Activity activity, Capabilities server)
    {
        // Superusers' sessions fill the ordinary slots first: only the sum counts.
        var used = activity.Sessions.Count(session => session.BackendType is null);
        var hidden = activity.Sessions.Count(session => session.State == SessionState.Hidden);
        var left = Math.Max(0, limits.Ordinary - used);
        var percent = 100.0 * used / Math.Max(1, limits.Ordinary);
        var reserved = limits.SuperuserReserved + limits.Reserved;
        var most = SessionWords.OfOthers(activity)
            .GroupBy(session => session.Application ?? session.User ?? "unnamed", StringComparer.Ordinal)
            .MaxBy(group => group.Count());
        var holder = most is null ? "" : $" Most belong to {most.Key} ({PlainWords.Count(most.Count())}).";
        var blur = hidden > 0 ? $" {PlainWords.Of(hidden, "session is", "sessions are")} hidden from {server.Role}, and background workers among them are counted too: at most so many." : "";
        var pooler = server.TransactionPooler ? " These are the server's own slots: the pooler in between has limits of its own, which SQL cannot see." : "";
        return CheckOutcome.AtLevel(
            percent,
            WarningPercent,
            FailingPercent,
            PlainWords.Text($"{used} of {limits.Ordinary} connections are used ({PlainWords.Percent(percent)}), {left} are left; {reserved} of {limits.MaxConnections} are reserved.{holder}{blur}{pooler}"),
            "End idle sessions, or make the product's pool smaller: (DB_POOL_SIZE + DB_MAX_OVERFLOW) × worker processes must stay below what is left. Raising max_connections needs a restart.");
    }
}
