using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class LockReaderTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task A_chain_of_three_is_a_tree_with_its_root_first(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        await watched.Database.ExecuteAsync("CREATE SCHEMA \"Odd\"; CREATE TABLE \"Odd\".t (id int PRIMARY KEY, n int); INSERT INTO \"Odd\".t VALUES (1, 0), (2, 0)");
        var root = await watched.OpenAsync("root");
        await root.RunAsync("BEGIN; UPDATE \"Odd\".t SET n = 1 WHERE id = 1");
        var middle = await watched.OpenAsync("middle");
        await middle.RunAsync("BEGIN; UPDATE \"Odd\".t SET n = 1 WHERE id = 2");
        var waiting = middle.RunAsync("UPDATE \"Odd\".t SET n = 2 WHERE id = 1");
        var last = await watched.OpenAsync("last");
        var waitingToo = last.RunAsync("UPDATE \"Odd\".t SET n = 3 WHERE id = 2");

        var forest = await watched.ReadUntilAsync(LockReader.Instance, locks => Here(locks, root).Sum(one => one.BlockedCount) == 2 && Here(locks, root)[0].Waiters[0].Waiters[0].WaitsSince is not null);
        var asker = await watched.OpenAsWatcherAsync();
        var blockers = await asker.RowsAsync($"SELECT pid, pg_blocking_pids(pid), waitstart FROM pg_locks WHERE NOT granted AND pid IN ({middle.ProcessID}, {last.ProcessID})");
        var transaction = await root.AskAsync<string>("SELECT pg_current_xact_id()::xid::text");

        var top = Assert.Single(Here(forest, root));
        Assert.Equal((root.ProcessID, 2), (top.Session!.Pid, top.BlockedCount));
        Assert.Equal([$"ExclusiveLock on transaction {transaction}"], top.Holds);
        Assert.Null(top.WaitsFor);
        var second = Assert.Single(top.Waiters);
        Assert.Equal(middle.ProcessID, second.Session!.Pid);
        Assert.Equal($"ShareLock on transaction {transaction}, for a row of \"Odd\".t", second.WaitsFor);
        Assert.Equal(1, second.BlockedCount);
        var third = Assert.Single(second.Waiters);
        Assert.Equal(last.ProcessID, third.Session!.Pid);
        Assert.Empty(third.Waiters);
        foreach (var row in blockers)
        {
            var node = (int)row[0]! == middle.ProcessID ? second : third;
            Assert.Equal((int[])row[1]!, node.Session!.BlockedBy);
            Assert.Equal(new DateTimeOffset((DateTime)row[2]!), node.WaitsSince);
        }

        Assert.Equal(kind != WatchingRole.Bare, top.IsIdleInTransaction);
        Assert.Equal(kind == WatchingRole.Bare ? SessionState.Hidden : SessionState.IdleInTransaction, top.Session.State);
        await root.RunAsync("ROLLBACK");
        await waiting;
        await middle.RunAsync("ROLLBACK");
        await waitingToo;
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Behind_a_waiting_alter_everybody_queues(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync("CREATE TABLE t ()");
        var (one, two) = (await watched.OpenAsync("one"), await watched.OpenAsync("two"));
        await one.RunAsync("BEGIN; SELECT FROM t");
        await two.RunAsync("BEGIN; SELECT FROM t");
        var alter = await watched.OpenAsync("alter");
        var altering = alter.RunAsync("ALTER TABLE t ADD COLUMN a int");
        await watched.ReadUntilAsync(LockReader.Instance, locks => Here(locks, one).Sum(node => node.BlockedCount) > 0);
        var reader = await watched.OpenAsync("reader");
        var reading = reader.RunAsync("SELECT FROM t");

        var forest = await watched.ReadUntilAsync(LockReader.Instance, locks => Here(locks, one, two).Any(node => node.BlockedCount == 2));

        var roots = Here(forest, one, two);
        Assert.Equal(new[] { one.ProcessID, two.ProcessID }.Order(), roots.Select(root => root.Session!.Pid));
        Assert.All(roots, root => Assert.Equal((2, "AccessShareLock on public.t"), (root.BlockedCount, Assert.Single(root.Holds))));
        Assert.Equal(["AccessExclusiveLock on public.t"], roots.Select(root => Assert.Single(root.Waiters).WaitsFor).Distinct());
        Assert.Equal([false, true], roots.Select(root => root.Waiters[0].Repeats));
        var queued = Assert.Single(roots[0].Waiters[0].Waiters);
        Assert.Equal((reader.ProcessID, "AccessShareLock on public.t"), (queued.Session!.Pid, queued.WaitsFor));
        Assert.Equal(2, forest.BlockersByPid()[alter.ProcessID].Count);
        await one.RunAsync("ROLLBACK");
        await two.RunAsync("ROLLBACK");
        await Task.WhenAll(altering, reading);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task While_nobody_waits_there_is_no_forest_and_then_a_prepared_transaction_is_a_root_with_its_name(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_prepared_transactions"] = "5" });
        await using var watched = await Watched.StartAsync(server, WatchingRole.Bare);
        await watched.Database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, 0), (2, 0)");
        var preparer = await watched.OpenAsync("preparer");
        await preparer.RunAsync("BEGIN; LOCK TABLE t");
        var quiet = await watched.ReadAsync(LockReader.Instance);
        Assert.Equal((0, 0), (quiet.Roots.Count, quiet.BlockedCount));
        Assert.InRange(quiet.ServerTime, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await preparer.RunAsync("ROLLBACK");
        await preparer.RunAsync("BEGIN; UPDATE t SET n = 1 WHERE id = 1; PREPARE TRANSACTION 'left behind'");
        await preparer.RunAsync("BEGIN; UPDATE t SET n = 1 WHERE id = 2; PREPARE TRANSACTION 'innocent'");
        var waiter = await watched.OpenAsync("waiter");
        var waiting = waiter.RunAsync("UPDATE t SET n = 2 WHERE id = 1");

        var forest = await watched.ReadUntilAsync(LockReader.Instance, locks => locks.BlockedCount == 1);

        var root = Assert.Single(forest.Roots);
        Assert.Null(root.Session);
        Assert.Equal("left behind", root.PreparedTransaction);
        Assert.StartsWith("ExclusiveLock on transaction ", Assert.Single(root.Holds), StringComparison.Ordinal);
        Assert.Equal([0], Assert.Single(root.Waiters).Session!.BlockedBy);
        await preparer.RunAsync("ROLLBACK PREPARED 'left behind'");
        await preparer.RunAsync("ROLLBACK PREPARED 'innocent'");
        await waiting;
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Advisory_locks_and_relations_of_other_databases_have_words(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await using var elsewhere = await watched.Database.Server.CreateDatabaseAsync();
        await elsewhere.ExecuteAsync("CREATE TABLE far ()");
        var holder = await watched.OpenAsync("holder");
        await holder.RunAsync("SELECT pg_advisory_lock(7000000000), pg_advisory_lock(-3, 5)");
        var (big, pair) = (await watched.OpenAsync("big"), await watched.OpenAsync("pair"));
        var waits = Task.WhenAll(big.RunAsync("SELECT pg_advisory_lock(7000000000)"), pair.RunAsync("SELECT pg_advisory_lock(-3, 5)"));
        await using var farHolder = await elsewhere.OpenAsync();
        await farHolder.RunAsync("BEGIN; LOCK TABLE far");
        await using var farWaiter = await elsewhere.OpenAsync();
        var farWait = farWaiter.RunAsync("SELECT FROM far");
        var oid = await farHolder.AskAsync<uint>("SELECT 'far'::regclass::oid");

        var forest = await watched.ReadUntilAsync(LockReader.Instance, locks => Here(locks, holder, farHolder).Sum(root => root.BlockedCount) == 3);

        var words = Here(forest, holder, farHolder).SelectMany(root => root.Waiters).Select(node => node.WaitsFor).ToHashSet();
        Assert.Equal(
            ["AccessShareLock on relation " + oid + " of database " + elsewhere.Name, "ExclusiveLock on advisory lock (-3, 5)", "ExclusiveLock on advisory lock 7000000000"],
            words.Order());
        await holder.RunAsync("SELECT pg_advisory_unlock_all()");
        await farHolder.RunAsync("ROLLBACK");
        await Task.WhenAll(waits, farWait);
    }

    [Theory]
    [InlineData(WatchingRole.Monitor, 0)]
    [InlineData(WatchingRole.Bare, 3)]
    public async Task While_nobody_waits_locks_are_asked_for_only_where_sessions_are_hidden(WatchingRole kind, long calls)
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var watched = await Watched.StartAsync(server, kind);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements; CREATE TABLE t ()");
        var holder = await watched.OpenAsync("holder");
        await holder.RunAsync("BEGIN; LOCK TABLE t");

        for (var tick = 0; tick < 3; tick++)
        {
            var quiet = await watched.Reader.ReadAsync([ActivityReader.Instance, LockReader.Instance], CancellationToken.None);
            Assert.Equal((0, quiet.Of(ActivityReader.Instance).Value!.MayWaitOnLocks), (quiet.Of(LockReader.Instance).Value!.BlockedCount, kind == WatchingRole.Bare));
        }

        Assert.Equal(3L, await watched.Database.ScalarAsync<long>("SELECT sum(calls)::int8 FROM pg_stat_statements WHERE query LIKE '%mnfst-admin:activity%' AND query NOT LIKE '%pg_stat_statements%'"));
        Assert.Equal(calls, await watched.Database.ScalarAsync<long>("SELECT coalesce(sum(calls), 0)::int8 FROM pg_stat_statements WHERE query LIKE '%mnfst-admin:locks%' AND query NOT LIKE '%pg_stat_statements%'"));
        var waiter = await watched.OpenAsync("waiter");
        var waiting = waiter.RunAsync("SELECT FROM t");
        await watched.ReadUntilAsync(LockReader.Instance, locks => locks.BlockedCount == 1);
        var blocked = await watched.Reader.ReadAsync([LockReader.Instance, ActivityReader.Instance, DatabaseCountersReader.Instance], CancellationToken.None);
        Assert.Equal(waiter.ProcessID, Assert.Single(Assert.Single(blocked.Of(LockReader.Instance).Value!.Roots).Waiters).Session!.Pid);
        await holder.RunAsync("ROLLBACK");
        await waiting;
    }

    [Fact]
    public async Task Activity_takes_its_blockers_from_the_forest()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE t ()");
        var holder = await watched.OpenAsync("holder");
        await holder.RunAsync("BEGIN; LOCK TABLE t");
        var waiter = await watched.OpenAsync("waiter");
        var waiting = waiter.RunAsync("SELECT FROM t");
        var forest = await watched.ReadUntilAsync(LockReader.Instance, locks => Here(locks, holder).Count == 1);

        var activity = (await watched.ReadAsync(ActivityReader.Instance)).With(forest);

        var blocked = activity.Sessions.Single(session => session.Pid == waiter.ProcessID);
        Assert.Equal([holder.ProcessID], blocked.BlockedBy);
        Assert.True(blocked.WaitsOnLock);
        Assert.False(activity.Sessions.Single(session => session.Pid == holder.ProcessID).WaitsOnLock);
        await holder.RunAsync("ROLLBACK");
        await waiting;
    }

    /// <summary>The server is shared with other tests: only these sessions' trees count here.</summary>
    private static List<LockNode> Here(LockForest forest, params NpgsqlConnection[] roots) =>
        [.. forest.Roots.Where(root => roots.Any(one => one.ProcessID == root.Session?.Pid))];
}
