using System.Globalization;
using System.Reflection;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>Every reader there is, in one reading as the dashboard makes it, against the catalog asked by the test at the same moment.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ReadersEverywhereTests(ReplicatedServers servers) : IClassFixture<ReplicatedServers>
{
    private const string Secret = "s3cret-of-a-tenant";

    /// <summary>Found, not listed: a new reader is run everywhere without a line here.</summary>
    private static readonly IReadOnlyList<IReader> All =
    [
        .. typeof(IReader).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IReader)))
            .Select(type => type.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<IReader>(),
    ];

    [SkippableTheory, ClassData(typeof(VersionsAndWays))]
    public async Task Every_reader_answers_and_says_what_the_catalog_says(int major, WatchingRole kind, WatchingWay way)
    {
        Skip.If(way == WatchingWay.TransactionPooler && !PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await servers.GetAsync(major);
        await using var scene = await Scene.SetAsync(server, way, server.Role(kind));
        await using var bouncer = way == WatchingWay.TransactionPooler ? await PgBouncer.StartAsync(server.Primary, "transaction", ignoresOptions: kind == WatchingRole.Bare, role: server.Role(kind)) : null;
        await using var reader = Reader(bouncer?.Url(ReplicatedServer.Database) ?? server.At(way).ConnectionString(ReplicatedServer.Database, server.Role(kind)));
        var figures = CatalogFigures.For(major, kind, way);

        var before = await LookAsync(scene.Asker, figures);
        var reading = await reader.ReadAsync(All, CancellationToken.None);
        var after = await LookAsync(scene.Asker, figures);

        Assert.Null(reading.Fault);
        Assert.Equal(major >= 16 ? [] : ["io"], reading.ReaderFaults.Keys);
        Assert.Equal(
            (major, way == WatchingWay.Standby, way == WatchingWay.TransactionPooler),
            (reading.Capabilities!.Major, reading.Capabilities.InRecovery, reading.Capabilities.TransactionPooler));
        var connection = Availabilities.Of(new ServerView(reading.Capabilities, null, null, null, [], null, null)).Single(one => one.Panel == Panels.Connection);
        Assert.Equal(way == WatchingWay.Direct ? AvailabilityState.Available : AvailabilityState.Degraded, connection.State);
        Assert.Contains(way switch { WatchingWay.Standby => "This is a standby", WatchingWay.TransactionPooler => "a pooler in transaction mode", _ => "" }, connection.Why, StringComparison.Ordinal);
        Assert.Equal(way == WatchingWay.Direct, connection.Cure is null);
        foreach (var one in figures)
        {
            var read = one.Of(reading.Values[one.Reader.Name]);
            Assert.All(read.Index(), figure => IsWithin(one, figure.Index, before[one][figure.Index], figure.Item, after[one][figure.Index]));
        }
    }

    [SkippableTheory, ClassData(typeof(VersionsAndWays))]
    public async Task Texts_of_statements_come_masked_and_only_to_those_who_may_see_them(int major, WatchingRole kind, WatchingWay way)
    {
        Skip.If(way == WatchingWay.TransactionPooler && !PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await servers.GetAsync(major);
        await using (var session = await server.OpenAsync(way, "asks"))
        {
            await session.RunAsync($"SELECT count(*) FROM child WHERE other = '{Secret}'");
        }

        await using var bouncer = way == WatchingWay.TransactionPooler ? await PgBouncer.StartAsync(server.Primary, "transaction", ignoresOptions: false, role: server.Role(kind)) : null;
        await using var reader = Reader(bouncer?.Url(ReplicatedServer.Database) ?? server.At(way).ConnectionString(ReplicatedServer.Database, server.Role(kind)));
        await reader.ReadAsync([StatementsReader.Instance], CancellationToken.None);
        var statements = (await reader.ReadAsync([StatementsReader.Instance], CancellationToken.None)).Of(StatementsReader.Instance).Value!;
        var asked = new StatementTextsReader([.. statements.Statements.Select(one => one.Key.QueryId)]);

        var texts = (await reader.ReadAsync([asked], CancellationToken.None)).Of(asked).Value!;

        Assert.Equal(kind != WatchingRole.Bare, texts.Values.Any(text => text.Text.Contains("FROM child WHERE other = ", StringComparison.Ordinal)));
        Assert.Contains(texts.Values, text => text.IsDashboard);
        Assert.DoesNotContain(texts.Values, text => text.Text.Contains(Secret, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_the_primary_locks_is_left_out_on_its_standby_and_replay_that_waits_is_told(int major)
    {
        var server = await servers.GetAsync(major);
        await using var scene = await Scene.SetAsync(server, WatchingWay.Standby, role: null);
        await using var holder = await server.OpenAsync(WatchingWay.Standby, "reads-long");
        await using var locker = await server.OpenAsync(WatchingWay.Direct, "locks");
        await using var reader = Reader(server.Standby.ConnectionString(ReplicatedServer.Database, server.Role(WatchingRole.Monitor)));
        await holder.RunAsync("BEGIN; SELECT count(*) FROM to_be_locked");
        await locker.RunAsync("BEGIN; LOCK TABLE to_be_locked; INSERT INTO to_be_locked VALUES (1); SELECT pg_switch_wal()");
        try
        {
            var waiting = await UntilAsync(reader, ActivityReader.Instance, LockReader.Instance, forest => forest.Roots.Any(root => root.Session?.Pid == holder.ProcessID));
            var replay = waiting.Roots.Single(root => root.Session?.Pid == holder.ProcessID).Waiters.Single();
            Assert.Equal(("startup", "AccessExclusiveLock on public.to_be_locked"), (replay.Session!.BackendType, replay.WaitsFor));

            await holder.RunAsync("COMMIT");
            var tables = await UntilAsync(reader, TableReader.Instance, TableReader.Instance, reading => reading.LeftOut > 0);
            Assert.DoesNotContain(tables.Tables, table => table.Name == "to_be_locked");
            var indexes = await UntilAsync(reader, IndexReader.Instance, IndexReader.Instance, reading => reading.LeftOut > 0);
            Assert.DoesNotContain(indexes.Indexes, index => index.Name == "to_be_locked_pkey");
        }
        finally
        {
            await locker.RunAsync("ROLLBACK");
            await MnfstRag.Testing.Standby.CatchUpAsync(server.Primary);
        }
    }

    private static ServerReader Reader(string address) => new(
        DatabaseUrl.Parse(address).Url!,
        new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) },
        TimeProvider.System);

    private static async Task<T> UntilAsync<T>(ServerReader reader, IReader prior, IReader<T> wanted, Func<T, bool> condition)
        where T : class
    {
        T? value = null;
        await Wait.UntilAsync(async over =>
        {
            var reading = await reader.ReadAsync([.. new[] { prior, wanted }.Distinct()], over);
            Assert.Null(reading.Fault);
            return condition(value = reading.Of(wanted).Value!);
        });
        return value!;
    }

    private static async Task<Dictionary<ReaderFigures, object?[]>> LookAsync(NpgsqlConnection asker, IReadOnlyList<ReaderFigures> figures)
    {
        var looks = new Dictionary<ReaderFigures, object?[]>();
        foreach (var one in figures)
        {
            looks[one] = Assert.Single(await asker.RowsAsync(one.Question));
        }

        return looks;
    }

    private static void IsWithin(ReaderFigures of, int column, object? before, object? read, object? after)
    {
        if (before is string or null)
        {
            // What the reading itself changes (a scan of a catalog, a session's state) may be as it was before or as it is after.
            Assert.True(Equals(before, read) || Equals(after, read), $"{of.Reader.Name}, {column}: the catalog says\n{before}\nthen\n{after}\nand the reader\n{read}");
            return;
        }

        // Other tests work in databases of the same server: a size may shrink between the two looks.
        var (one, other) = (Convert.ToDecimal(before, CultureInfo.InvariantCulture), Convert.ToDecimal(after, CultureInfo.InvariantCulture));
        Assert.InRange(Convert.ToDecimal(read, CultureInfo.InvariantCulture), Math.Min(one, other), Math.Max(one, other));
    }
}
