using System.Collections.Concurrent;
using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>A fresh database that is maintained as the superuser, or as a role; and a journal that remembers.</summary>
internal sealed class Maintained : IMaintenanceJournal, IProgress<MaintenanceProgress>, IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _sessions = [];

    private readonly bool _owns;

    private Maintained(TestDatabase database, TestRole? role, bool owns = true)
    {
        (Database, _owns) = (database, owns);
        Url = UrlFor(role);
    }

    /// <summary>Short waits, so that a lock holder that never lets go costs a second.</summary>
    public static RunOptions Quick { get; } = new()
    {
        LockTimeout = TimeSpan.FromMilliseconds(300),
        Attempts = 2,
        FirstPause = TimeSpan.FromMilliseconds(50),
        ProgressEvery = TimeSpan.FromMilliseconds(50),
        LostWait = TimeSpan.FromSeconds(20),
    };

    public TestDatabase Database { get; }

    public DatabaseUrl Url { get; set; }

    public ConcurrentQueue<StepStart> Starts { get; } = new();

    public ConcurrentQueue<StepEnd> Ends { get; } = new();

    public ConcurrentQueue<MaintenanceProgress> Told { get; } = new();

    /// <summary>Called before a step is sent.</summary>
    public Func<StepStart, Task>? OnStart { get; set; }

    /// <summary>Called after a step has ended.</summary>
    public Func<StepEnd, Task>? OnEnd { get; set; }

    public static async Task<Maintained> StartAsync(int major) => await StartAsync(await PostgresServers.GetAsync(major));

    public static async Task<Maintained> StartAsync(PostgresServer server, TestRole? role = null) => new(await server.CreateDatabaseAsync(), role);

    /// <summary>Another one on the same database, with a journal of its own.</summary>
    public Maintained Beside() => new(Database, role: null, owns: false);

    /// <summary>The first long command that the sampler's reader sees in this database.</summary>
    public async Task<RunningCommand> FirstSeenAsync()
    {
        await using var reader = new ServerReader(Url, new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);
        RunningCommand? seen = null;
        await Wait.UntilAsync(
            async over =>
            {
                var reading = (await reader.ReadAsync([ProgressReader.Instance], over)).Of(ProgressReader.Instance);
                Assert.Null(reading.Fault);
                seen = reading.Value!.Commands.FirstOrDefault();
                return seen is not null;
            },
            TimeSpan.FromMinutes(1));
        return seen!;
    }

    public DatabaseUrl UrlFor(TestRole? role) => DatabaseUrl.Parse(Database.Server.ConnectionString(Database.Name, role)).Url!;

    public Task RunSqlAsync(string sql) => Database.ExecuteAsync(sql);

    /// <summary>A session of somebody else, outside any pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string application = "somebody", TestRole? role = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(Database.Server.ConnectionString(Database.Name, role)) { Pooling = false, ApplicationName = application };
        var session = new NpgsqlConnection(settings.ConnectionString);
        _sessions.Add(session);
        await session.OpenAsync();
        return session;
    }

    /// <summary>A session that has run <paramref name="sql"/> in a transaction and leaves it open.</summary>
    public async Task<NpgsqlConnection> HoldAsync(string sql)
    {
        var holder = await OpenAsync("holder");
        await holder.RunAsync("BEGIN");
        await holder.RunAsync(sql);
        return holder;
    }

    /// <summary>The relation as the catalog has it now.</summary>
    public async Task<MaintenanceTarget> TargetAsync(string name, string schema = "public")
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT c.oid, c.relkind::text, t.relname::text
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
            WHERE n.nspname = $1 AND c.relname = $2
            """,
            connection)
        { Parameters = { new() { Value = schema }, new() { Value = name } } };
        await using var rows = await command.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync(), $"There is no {name}.");
        var kind = rows.GetString(1) switch
        {
            "p" => MaintenanceTargetKind.PartitionedTable,
            "m" => MaintenanceTargetKind.MaterializedView,
            "i" => MaintenanceTargetKind.Index,
            "I" => MaintenanceTargetKind.PartitionedIndex,
            _ => MaintenanceTargetKind.Table,
        };
        return new MaintenanceTarget(rows.GetFieldValue<uint>(0), schema, name, kind, rows.IsDBNull(2) ? null : rows.GetString(2));
    }

    public Task<MaintenancePlan> PlanAsync(MaintenanceOperation operation, PlanOptions? options = null) =>
        new MaintenancePlanner(Url, TimeProvider.System).PlanAsync(operation, options ?? new PlanOptions(), CancellationToken.None);

    /// <summary>Plans and expects that it can be run.</summary>
    public async Task<MaintenancePlan> PlannedAsync(MaintenanceOperation operation)
    {
        var plan = await PlanAsync(operation);
        Assert.True(plan.Verdict != MaintenanceVerdict.No, string.Join("\n", plan.Reasons.Select(reason => reason.Words)));
        Assert.NotEmpty(plan.Steps);
        return plan;
    }

    public Task<MaintenanceOutcome> RunAsync(MaintenancePlan plan, RunOptions? options = null, Guid? id = null, IEnumerable<int>? done = null, CancellationToken cancellationToken = default) =>
        new MaintenanceExecutor(Url, options ?? Quick, TimeProvider.System).RunAsync(new MaintenanceRun(id ?? Guid.NewGuid(), plan) { Done = [.. done ?? []] }, this, this, cancellationToken);

    /// <summary>Plans, runs, and expects the outcome.</summary>
    public async Task<MaintenanceOutcome> RunAsync(MaintenanceOperation operation, MaintenanceResult expected, RunOptions? options = null)
    {
        var outcome = await RunAsync(await PlannedAsync(operation), options);
        Assert.True(outcome.Result == expected, $"{outcome.Result}: {outcome.Words}");
        return outcome;
    }

    public Task<Reconciliation> ReconcileAsync(Guid run, MaintenancePlan plan) => new MaintenanceReconciler(Url).ReconcileAsync(new RunTrace(run, plan, [.. Starts], [.. Ends]), CancellationToken.None);

    public async Task<(bool Valid, bool Ready)?> IndexAsync(string name)
    {
        // Outside any pool: the server may have been killed since the last look.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var rows = await connection.RowsAsync($"SELECT i.indisvalid, i.indisready FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = '{name.Replace("'", "''", StringComparison.Ordinal)}'");
        return rows is [var row] ? ((bool)row[0]!, (bool)row[1]!) : null;
    }

    public async Task StartingAsync(StepStart start, CancellationToken cancellationToken)
    {
        Starts.Enqueue(start);
        await (OnStart?.Invoke(start) ?? Task.CompletedTask);
    }

    public async Task EndedAsync(StepEnd end, CancellationToken cancellationToken)
    {
        await (OnEnd?.Invoke(end) ?? Task.CompletedTask);
        Ends.Enqueue(end);
    }

    public void Report(MaintenanceProgress value) => Told.Enqueue(value);

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            try
            {
                await session.DisposeAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or ObjectDisposedException)
            {
                // The test ended this session, or stopped the server.
            }
        }

        if (!_owns)
        {
            return;
        }

        try
        {
            await Database.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // The test stopped the server.
        }
    }
}
