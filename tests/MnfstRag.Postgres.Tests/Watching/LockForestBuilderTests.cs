using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class LockForestBuilderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_root_that_blocks_most_comes_first_and_the_longest_wait_first_below_it()
    {
        var builder = new LockForestBuilder();
        Wait(builder, 21, by: [2], since: 3);
        Wait(builder, 11, by: [1], since: 1);
        Wait(builder, 12, by: [1], since: 9);
        Hold(builder, 1);
        Hold(builder, 2);

        var forest = builder.Build(Now);

        Assert.Equal([1, 2], forest.Roots.Select(root => root.Session!.Pid));
        Assert.Equal([12, 11], forest.Roots[0].Waiters.Select(waiter => waiter.Session!.Pid));
        Assert.Equal(3, forest.BlockedCount);
    }

    [Fact]
    public void A_circle_is_entered_at_its_longest_wait_and_every_waiter_stands_once()
    {
        var builder = new LockForestBuilder();
        Wait(builder, 1, by: [2], since: 1);
        Wait(builder, 2, by: [3], since: 5);
        Wait(builder, 3, by: [1], since: 2);
        Wait(builder, 4, by: [3], since: 1);

        var forest = builder.Build(Now);

        var top = Assert.Single(forest.Roots);
        Assert.Equal(2, top.Session!.Pid);
        Assert.NotNull(top.WaitsFor);
        Assert.Equal([1, 2, 3, 4], All(top).Select(node => node.Session!.Pid).Order());
        Assert.Equal(4, forest.BlockedCount);
    }

    [Fact]
    public void A_session_that_blocks_itself_or_an_unknown_one_does_no_harm()
    {
        var builder = new LockForestBuilder();
        Wait(builder, 1, by: [1, 99], since: 1);

        var top = Assert.Single(builder.Build(Now).Roots);

        Assert.Equal((1, 0), (top.Session!.Pid, top.BlockedCount));
    }

    [Fact]
    public void A_waiter_of_two_roots_stands_under_both_and_counts_once()
    {
        var builder = new LockForestBuilder();
        Hold(builder, 1);
        Hold(builder, 2);
        Wait(builder, 3, by: [1, 2], since: 2);
        Wait(builder, 4, by: [3], since: 1);

        var forest = builder.Build(Now);

        Assert.Equal([2, 2], forest.Roots.Select(root => root.BlockedCount));
        Assert.Equal([false, true], forest.Roots.Select(root => root.Waiters[0].Repeats));
        Assert.Empty(forest.Roots[1].Waiters[0].Waiters);
        Assert.Equal(2, forest.BlockedCount);
    }

    [Fact]
    public void A_queue_where_each_waits_for_all_before_it_stays_flat()
    {
        var builder = new LockForestBuilder();
        Hold(builder, 1);
        for (var pid = 2; pid <= 300; pid++)
        {
            Wait(builder, pid, by: Enumerable.Range(1, pid - 1), since: 1000 - pid);
        }

        var root = Assert.Single(builder.Build(Now).Roots);

        Assert.Equal((299, 299), (root.BlockedCount, root.Waiters.Count));
    }

    [Fact]
    public void A_chain_of_ten_thousand_is_built()
    {
        var builder = new LockForestBuilder();
        Hold(builder, 1);
        for (var pid = 2; pid <= 10_000; pid++)
        {
            Wait(builder, pid, by: [pid - 1], since: 1);
        }

        Assert.Equal(9_999, Assert.Single(builder.Build(Now).Roots).BlockedCount);
    }

    private static IEnumerable<LockNode> All(LockNode node) => node.Waiters.SelectMany(All).Prepend(node);

    private static void Hold(LockForestBuilder builder, int pid) => builder.Add(pid, Named(pid), null, [], Entry(granted: true, since: null));

    private static void Wait(LockForestBuilder builder, int pid, IEnumerable<int> by, int since) =>
        builder.Add(pid, Named(pid), null, [.. by], Entry(granted: false, Now.AddSeconds(-since)));

    private static LockEntry Entry(bool granted, DateTimeOffset? since) =>
        new(granted, "ExclusiveLock", "tag", since, new LockTarget("advisory", null, null, null, null, null, null, null, null, 0, 1, 1));

    private static Session Named(int pid) =>
        new(pid, Now, "db", "user", "app", "local", SessionState.Active, null, null, null, null, null, null, null, false, [], null, false);
}
