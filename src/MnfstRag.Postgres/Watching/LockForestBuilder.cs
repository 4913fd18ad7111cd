using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Builds the forest. A session may have several blockers, so what is read is a graph: each waiter stands in full once, under the
/// blocker nearest to a root, and again as a leaf under every other root that blocks it directly, because ending one root alone
/// does not free it. A circle, which PostgreSQL resolves after deadlock_timeout, is entered at its longest wait.
/// </summary>
internal sealed class LockForestBuilder
{
    private readonly Dictionary<string, LockMember> _members = new(StringComparer.Ordinal);

    public void Add(int pid, Session? session, string? preparedTransaction, IReadOnlyList<int> blockers, LockEntry? entry)
    {
        var key = pid == 0 ? $"prepared {preparedTransaction}" : LockMember.KeyOf(pid);
        if (!_members.TryGetValue(key, out var member))
        {
            _members[key] = member = new LockMember(session, preparedTransaction, [.. blockers.Distinct().Order()]);
        }

        if (entry is not null)
        {
            member.Entries.Add(entry);
        }
    }

    public LockForest Build(DateTimeOffset serverTime)
    {
        Connect();
        var waiters = _members.Values.Where(member => member.IsWaiting).ToList();
        var roots = _members.Values.Where(member => !member.IsWaiting && member.Waiters.Count > 0).ToList();
        roots.ForEach(root => root.Reach = Reach(root));

        var placed = new List<LockMember>();
        var claimed = new HashSet<LockMember>();
        var tops = Ordered(roots);
        Claim(tops, claimed, placed);
        while (waiters.Where(waiter => !claimed.Contains(waiter)).MinBy(Since) is { } entrance)
        {
            entrance.Reach = Reach(entrance);
            claimed.Add(entrance);
            tops.Add(entrance);
            Claim([entrance], claimed, placed);
        }

        // Children come after their parents in the order of placing, so backwards every child is ready for its parent.
        for (var i = placed.Count - 1; i >= 0; i--)
        {
            placed[i].Node = placed[i].ToNode();
        }

        return new LockForest(serverTime, [.. tops.Select(top => top.Node!)]) { BlockedCount = waiters.Count };
    }

    private static DateTimeOffset Since(LockMember member) => member.Wait?.WaitStart ?? DateTimeOffset.MaxValue;

    private static List<LockMember> Ordered(IEnumerable<LockMember> roots) =>
        [.. roots.OrderByDescending(root => root.Reach).ThenBy(root => root.Session?.Pid ?? 0).ThenBy(root => root.PreparedTransaction, StringComparer.Ordinal)];

    private void Connect()
    {
        foreach (var waiter in _members.Values.Where(member => member.IsWaiting))
        {
            foreach (var blocker in waiter.Blockers.SelectMany(pid => BlockersNamed(pid, waiter)).Where(blocker => blocker != waiter))
            {
                blocker.Waiters.Add(waiter);
            }
        }

        foreach (var member in _members.Values)
        {
            member.Waiters.Sort((one, other) => Since(one).CompareTo(Since(other)));
            member.Holds = [.. member.Entries
                .Where(held => held.Granted && member.Waiters.Any(waiter => waiter.Wait!.Tag == held.Tag && LockModes.Conflict(held.Mode, waiter.Wait.Mode)))
                .Select(held => held.Words)
                .Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Pid 0 stands for any prepared transaction: those that hold what is waited for.</summary>
    private IEnumerable<LockMember> BlockersNamed(int pid, LockMember waiter) => pid != 0
        ? _members.TryGetValue(LockMember.KeyOf(pid), out var blocker) ? [blocker] : []
        : _members.Values.Where(member => member.Session is null
            && member.Entries.Exists(held => held.Tag == waiter.Wait!.Tag && LockModes.Conflict(held.Mode, waiter.Wait.Mode)));

    private static int Reach(LockMember top)
    {
        var reached = new HashSet<LockMember> { top };
        var queue = new Queue<LockMember>(reached);
        while (queue.TryDequeue(out var member))
        {
            foreach (var waiter in member.Waiters.Where(reached.Add))
            {
                queue.Enqueue(waiter);
            }
        }

        return reached.Count - 1;
    }

    private static void Claim(IReadOnlyCollection<LockMember> tops, HashSet<LockMember> claimed, List<LockMember> placed)
    {
        var queue = new Queue<LockMember>(tops);
        while (queue.TryDequeue(out var member))
        {
            placed.Add(member);
            foreach (var waiter in member.Waiters)
            {
                if (claimed.Add(waiter))
                {
                    member.Children.Add((waiter, Repeats: false));
                    queue.Enqueue(waiter);
                }
                else if (!member.IsWaiting)
                {
                    member.Children.Add((waiter, Repeats: true));
                }
            }
        }
    }
}
