using Microsoft.Extensions.Logging.Abstractions;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Features.Indexes;
using MnfstRag.Admin.Features.Overview;
using MnfstRag.Admin.Features.Pools;
using MnfstRag.Admin.Features.Queries;
using MnfstRag.Admin.Features.Tables;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Data.History;
using MnfstRag.Admin.Tests.Live.Findings;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Features.Figures;

/// <summary>A quiet server that is sampled and recorded as in the product, the services of the pages on top, and sessions that the test opens.</summary>
internal sealed class PageBench : IAsyncDisposable
{
    public const string Environment = "test";

    private static readonly KnownCaller Access = new(new Caller(Guid.NewGuid(), "ada", [Roles.Support], Roles.PermissionsOf([Roles.Support])));

    private readonly HistoryBench _history;
    private readonly WatchService _watch;
    private FindingsBench? _findings;
    private EnvironmentRecorder? _recorder;
    private readonly List<NpgsqlConnection> _sessions = [];

    private PageBench(TestDatabase database, TestRole role, HistoryBench history)
    {
        (Database, _history) = (database, history);
        Sampler = new SamplerBench(database.ConnectionStringFor(role), new SamplerOptions
        {
            Interval = TimeSpan.FromMilliseconds(200),
            StatementsInterval = TimeSpan.FromMilliseconds(400),
            ShapeInterval = TimeSpan.FromMilliseconds(400),
            SlowInterval = TimeSpan.FromMilliseconds(400),
        });
        _recorder = new EnvironmentRecorder(Sampler.Watch, Sources, history.Writer, history.Store, TimeProvider.System, NullLogger.Instance);
        _watch = new WatchService(Access, Sampler.Watches, TimeProvider.System);
        var past = new SharedPast(TimeProvider.System);
        Queries = new QueriesService(Access, _watch, history.Store, past);
        Indexes = new IndexesService(Access, _watch, history.Store, past);
        Tables = new TablesService(Access, _watch, history.Store, past);
        Pools = new PoolsService(Access, _watch, history.Store);
    }

    private static IReadOnlyList<IHistorySource> Sources { get; } = [new StatementHistorySource(), new IndexHistory(), new TableHistory()];

    public TestDatabase Database { get; }

    public SamplerBench Sampler { get; }

    public QueriesService Queries { get; }

    public IndexesService Indexes { get; }

    public TablesService Tables { get; }

    public PoolsService Pools { get; }

    /// <summary>A stretch that holds the test, with a minute before it.</summary>
    public TimeRange Range { get; } = new(TimeProvider.System.GetUtcNow().AddSeconds(-110), TimeProvider.System.GetUtcNow().AddMinutes(20));

    /// <summary>Watches <paramref name="server"/> once <paramref name="content"/> is in its database, and waits for the first reading of everything.</summary>
    public static async Task<PageBench> StartAsync(PostgresServer server, string content)
    {
        var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
        foreach (var statement in content.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            await database.ExecuteAsync(statement);
        }

        var history = await HistoryBench.StartAsync(TimeProvider.System.GetUtcNow(), kinds: [.. Sources.Select(source => source.Kind)]);
        var bench = new PageBench(database, await server.CreateRoleAsync("pg_monitor"), history);
        await bench.Sampler.UntilAsync(one => one.Rates is not null && one.Slow.Of(StatementsReader.Instance) is not null && one.Slow.Of(IndexReader.Instance) is not null && one.Slow.Of(TableReader.Instance) is not null);
        return bench;
    }

    public async Task<OverviewService> OverviewAsync()
    {
        _findings = await FindingsBench.CreateAsync();
        return new OverviewService(_watch, new FindingsService(Access, _watch, Sampler.Watches, _findings.NewInstance(), TimeProvider.System), new CardMaker());
    }

    /// <summary>As if something had been recorded a minute before the test.</summary>
    public Task KeepAsync(HistoryKind kind, string subject, params double?[] values) => _history.Writer.WriteAsync(
        kind, Sampler.Watch.Environment.Id, new HistoryBatch(Range.From.AddSeconds(40), TimeSpan.FromSeconds(20), [new HistorySample(subject, values, null)]), CancellationToken.None);

    public async Task<NpgsqlConnection> OpenAsync(string application)
    {
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Pooling = false, ApplicationName = application }.ConnectionString);
        _sessions.Add(session);
        await session.OpenAsync();
        return session;
    }

    /// <summary>One row of the catalog, as the superuser.</summary>
    public async Task<object[]> RowAsync(string question)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Pooling = false, ApplicationName = "asker" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        await using var rows = await command.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync());
        var values = new object[rows.FieldCount];
        rows.GetValues(values);
        return values;
    }

    /// <summary>Everything seen so far is in the store: no more is recorded.</summary>
    public async ValueTask RecordedAsync()
    {
        await (_recorder?.DisposeAsync() ?? ValueTask.CompletedTask);
        _recorder = null;
    }

    public async ValueTask DisposeAsync()
    {
        // A failed test leaves sessions that wait for each other: nobody shall wait for them.
        await Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name NOT LIKE 'mnfst-admin%' AND pid <> pg_backend_pid()");
        foreach (var session in _sessions.Where(session => session.State == System.Data.ConnectionState.Open && session.FullState == System.Data.ConnectionState.Open))
        {
            await session.DisposeAsync();
        }

        await RecordedAsync();
        await Sampler.DisposeAsync();
        await _history.DisposeAsync();
        await (_findings?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Database.DisposeAsync();
    }
}
