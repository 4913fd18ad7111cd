using System.Threading.Channels;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>The few connections of a run, each opened at its first use and used by one check at a time.</summary>
internal sealed class CheckLanes : IAsyncDisposable
{
    private readonly ServerReader[] all;
    private readonly Channel<ServerReader> free = Channel.CreateUnbounded<ServerReader>();

    public CheckLanes(DatabaseUrl url, CheckLimits limits, TimeProvider time)
    {
        var options = new ServerReaderOptions { ConnectTimeout = limits.Connect };
        all = [.. Enumerable.Range(0, limits.Connections).Select(_ => new ServerReader(url, options, time))];
        foreach (var reader in all)
        {
            GiveBack(reader);
        }
    }

    public ValueTask<ServerReader> TakeAsync(CancellationToken cancellationToken) => free.Reader.ReadAsync(cancellationToken);

    public void GiveBack(ServerReader reader) => free.Writer.TryWrite(reader);

    public async ValueTask DisposeAsync() => await Task.WhenAll(all.Select(reader => reader.DisposeAsync().AsTask()));
}
