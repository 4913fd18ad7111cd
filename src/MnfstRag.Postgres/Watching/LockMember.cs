using System.Collections.Immutable;
using System.Globalization;

namespace MnfstRag.Postgres.Watching;

/// <summary>A session or prepared transaction while the forest is built.</summary>
internal sealed class LockMember(Session? session, string? preparedTransaction, ImmutableArray<int> blockers)
{
    public Session? Session => session;

    public string? PreparedTransaction => preparedTransaction;

    public ImmutableArray<int> Blockers => blockers;

    public List<LockEntry> Entries { get; } = [];

    /// <summary>Those that it blocks directly, longest wait first.</summary>
    public List<LockMember> Waiters { get; } = [];

    /// <summary>Those of <see cref="Waiters"/> that stand below it, in full or as a repetition.</summary>
    public List<(LockMember Member, bool Repeats)> Children { get; } = [];

    public ImmutableArray<string> Holds { get; set; } = [];

    /// <summary>Sessions that it stops at any depth; set for roots.</summary>
    public int? Reach { get; set; }

    public LockNode? Node { get; set; }

    public LockEntry? Wait => Entries.Find(entry => !entry.Granted);

    public bool IsWaiting => Wait is not null;

    public static string KeyOf(int pid) => pid.ToString(CultureInfo.InvariantCulture);

    /// <summary>The finished node; the nodes of full children must be finished before.</summary>
    public LockNode ToNode()
    {
        var waiters = ImmutableArray.CreateRange(Children.Select(child => child.Repeats ? child.Member.Bare() with { Repeats = true } : child.Member.Node!));
        return Bare() with { Waiters = waiters, BlockedCount = Reach ?? waiters.Sum(waiter => 1 + waiter.BlockedCount) };
    }

    private LockNode Bare() => new(Session is null ? null : Session with { BlockedBy = blockers }, preparedTransaction, WaitWords(), Wait?.WaitStart, Holds, [])
    {
        BlockedCount = 0,
    };

    /// <summary>A wait for a transaction is a wait for a row that it changed: the tuple lock that goes with it names the table.</summary>
    private string? WaitWords()
    {
        if (Wait is not { } wait)
        {
            return null;
        }

        var row = wait.Target.Type == "transactionid" ? Entries.Find(entry => entry.Granted && entry.Target.Type == "tuple") : null;
        return row is null ? wait.Words : $"{wait.Words}, for a row of {row.Target.RelationWords}";
    }
}
