using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps sessions, transactions and locks by the minute: one subject, the environment itself.</summary>
internal sealed class ActivityHistorySource : IHistorySource
{
    /// <summary>Counts of sessions as means, the greatest total and wait as peaks; rates per second; hit ratio 0–1; seconds.</summary>
    public static readonly HistoryKind Columns = new("activity",
    [
        new("active", RollUp.Mean),
        new("waiting_on_lock", RollUp.Mean),
        new("idle_in_transaction", RollUp.Mean),
        new("aborted", RollUp.Mean),
        new("idle", RollUp.Mean),
        new("hidden", RollUp.Mean),
        new("other", RollUp.Mean),
        new("dashboard", RollUp.Mean),
        new("total", RollUp.Mean),
        new("peak", RollUp.Max),
        new("waiting_peak", RollUp.Max),
        new("ordinary", RollUp.Last),
        new("transactions", RollUp.Mean),
        new("cache_hit", RollUp.Mean),
        new("longest_transaction", RollUp.Max),
    ]);

    public HistoryKind Kind => Columns;

    public IHistoryTap Open() => new ActivityHistoryTap();
}
