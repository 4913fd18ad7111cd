using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching;

/// <summary>The connection of a <see cref="ServerReader"/> from its opening to its end, with what was learnt over it.</summary>
internal sealed class ServerLink(DatabaseUrl url, ServerReaderOptions options, ReaderRests rests, TimeProvider time, PoolerMode? known) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private PhysicalConnection? _physical;
    private long _learntAt;

    public Capabilities? Capabilities { get; private set; }

    /// <summary>Null before the first connection.</summary>
    public PoolerMode? Mode => _physical?.Mode ?? known;

    public async Task ReadAsync(IReadOnlyCollection<IReader> readers, ReadingCollector collector)
    {
        if (_physical is null)
        {
            _physical = await PhysicalConnection.OpenAsync(url, options, known, _end.Token);
            collector.Connected();
        }

        if (Capabilities is null)
        {
            await LearnAsync(_physical);
        }

        var learning = time.GetElapsedTime(_learntAt) >= options.CapabilitiesAge;
        IReadOnlyCollection<IReader> due = learning ? [.. readers.Except([CapabilitiesReader.Instance]), CapabilitiesReader.Instance] : readers;
        await new ReadingBatch(_physical, options, rests, collector).RunAsync(due, Capabilities!, _end.Token);
        if (learning)
        {
            Learn(_physical, collector.Value(CapabilitiesReader.Instance) ?? Capabilities!);
        }
    }

    /// <summary>Ends whatever runs, as far as Npgsql can: a hanging server costs it the connect timeout.</summary>
    public Task CancelAsync() => _end.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await (_physical?.DisposeAsync() ?? ValueTask.CompletedTask);
        _end.Dispose();
    }

    private async Task LearnAsync(PhysicalConnection physical)
    {
        var first = new ReadingCollector();
        await new ReadingBatch(physical, options, rests, first)
            .RunAsync([CapabilitiesReader.Instance, SystemIdentifierReader.Instance], Capabilities.Unknown, _end.Token);
        var found = first.Value(CapabilitiesReader.Instance) ?? throw new NotSupportedException("No PostgreSQL server answers there.");
        Learn(physical, found with { SystemIdentifier = first.Value(SystemIdentifierReader.Instance) });
    }

    private void Learn(PhysicalConnection physical, Capabilities found)
    {
        Capabilities = found with { TransactionPooler = physical.Mode == PoolerMode.Transaction };
        _learntAt = time.GetTimestamp();
    }
}
