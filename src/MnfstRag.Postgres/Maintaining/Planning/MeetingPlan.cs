using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Judges who is in the way of a draft now.</summary>
internal static class MeetingPlan
{
    public static IReadOnlyList<PlanSession> Judge(PlanDraft draft, IReadOnlyList<HeldLock> locks, IReadOnlyList<PlanSession> open, PlanOptions options)
    {
        var needed = draft.Locks.ToLookup(one => one.Relation, one => one.Mode);
        var met = new List<PlanSession>();
        foreach (var held in locks.Where(held => needed[held.Relation].Any(mode => LockModes.Conflict(mode, held.Mode)) || (draft.WaitsForTransactions && held.Granted && LockModes.Conflict("ShareLock", held.Mode))))
        {
            met.Add(held.Session with
            {
                Role = held.IsAutovacuum && !held.AgainstWraparound ? PlanSessionRole.Yields : held.Granted ? PlanSessionRole.HoldsLock : PlanSessionRole.Queues,
            });
        }

        met = [.. met.DistinctBy(one => (one.Pid, one.Name, one.Role))];
        foreach (var holder in met.Where(one => one.Role is PlanSessionRole.HoldsLock).Take(5))
        {
            draft.Care("in-the-way", $"{Name(holder)} holds {holder.Lock}{Since(holder)}: this waits for it, {Plain.Duration(options.LockTimeout)} at each try for a lock, and a CONCURRENTLY command longer at its phases.");
        }

        if (met.FirstOrDefault(one => one.Role == PlanSessionRole.Queues) is { } queued)
        {
            draft.Care("queue", $"{Name(queued)} waits already for {queued.Lock}: this would queue behind it.");
        }

        foreach (var worker in locks.Where(held => held is { IsAutovacuum: true, AgainstWraparound: true }).Take(1))
        {
            draft.Care("wraparound", $"An autovacuum against wraparound works on the table (pid {worker.Session.Pid}) and does not give way. Let it end.");
        }

        if (draft.WaitsForTransactions || draft.RemovesDeadRows)
        {
            met.AddRange(Open(draft, open, options, met));
        }

        return met;
    }

    private static List<PlanSession> Open(PlanDraft draft, IReadOnlyList<PlanSession> open, PlanOptions options, List<PlanSession> met)
    {
        var others = open.Where(one => !met.Any(already => already.Pid == one.Pid && already.Name == one.Name)).OrderByDescending(one => one.Age ?? TimeSpan.MaxValue).ToList();
        foreach (var old in others.Where(one => one.Age is null || one.Age >= options.OldTransaction).Take(3))
        {
            draft.Care(
                "old-transaction",
                draft.WaitsForTransactions
                    ? $"{Name(old)} has a transaction open{Since(old)}: a CONCURRENTLY command waits for every older transaction, whatever it works on, and nothing else tells when it will end."
                    : $"{Name(old)} has a transaction open{Since(old)}: rows that were deleted since stay, because it may still see them.");
        }

        return others;
    }

    private static string Name(PlanSession session) => session.State == "prepared"
        ? $"Prepared transaction {session.Name}"
        : FormattableString.Invariant($"Session {session.Pid} ({session.Name}{(session.State is null ? "" : $", {session.State}")})");

    private static string Since(PlanSession session) => session.Age is { } age ? $" since {Plain.Duration(age)}" : "";
}
