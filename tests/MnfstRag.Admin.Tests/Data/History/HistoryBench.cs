using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Tests.Data.History;

/// <summary>A migrated store with one kind of every roll-up, and a clock that is moved by hand.</summary>
internal sealed class HistoryBench : IAsyncDisposable
{
    public static readonly HistoryKind Kind = new("sample",
    [
        new("calls", RollUp.Sum),
        new("level", RollUp.Mean),
        new("peak", RollUp.Max),
        new("bytes", RollUp.Last, Whole: true),
    ],
    ByDay: true);

    private readonly TestStore _store;
    private readonly ServiceProvider _services;

    private HistoryBench(TestStore store, ServiceProvider services, FakeTimeProvider clock, int hourDays, IReadOnlyList<HistoryKind> kinds)
    {
        (_store, _services, Clock) = (store, services, clock);
        var connections = services.GetRequiredService<StoreConnections>();
        var options = Options.Create(new HistoryOptions { HourDays = hourDays });
        Schema = new HistorySchema(connections, kinds, options, clock);
        Writer = new HistoryWriter(connections, Schema);
        Hours = new HistoryRollUp(connections, Schema, Writer, clock);
        Keeping = new HistoryKeeping(Schema, Hours, kinds, options);
        Store = new HistoryStore(connections, Schema, new HistoryReader(connections));
    }

    public FakeTimeProvider Clock { get; }

    public TestStore Own => _store;

    public HistorySchema Schema { get; }

    public HistoryWriter Writer { get; }

    public HistoryRollUp Hours { get; }

    public HistoryKeeping Keeping { get; }

    public HistoryStore Store { get; }

    public Guid Environment { get; } = Guid.NewGuid();

    public static async Task<HistoryBench> StartAsync(DateTimeOffset now, int hourDays = 30, IReadOnlyList<HistoryKind>? kinds = null)
    {
        var store = await TestStore.CreateAsync();
        var bench = new HistoryBench(store, await store.MigratedAsync(), new FakeTimeProvider(now), hourDays, kinds ?? [Kind]);
        await bench.Schema.EnsureAsync(CancellationToken.None);
        return bench;
    }

    /// <summary>Writes one sample of <paramref name="subject"/> that covers the minute before <paramref name="at"/>.</summary>
    public Task<bool> WriteAsync(DateTimeOffset at, string subject, params double?[] values) =>
        Writer.WriteAsync(Kind, Environment, new HistoryBatch(at, TimeSpan.FromMinutes(1), [new HistorySample(subject, values, $"{{\"is\":\"{subject}\"}}")]), CancellationToken.None);

    /// <summary>Nothing changed in the minute before <paramref name="at"/>.</summary>
    public Task<bool> WriteNothingAsync(DateTimeOffset at) =>
        Writer.WriteAsync(Kind, Environment, new HistoryBatch(at, TimeSpan.FromMinutes(1), []), CancellationToken.None);

    public async Task<IReadOnlyList<string>> TablesAsync() =>
        (await _store.Database.ScalarAsync<string[]>("SELECT array_agg(relname::text ORDER BY relname) FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind = 'r'"))!;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
