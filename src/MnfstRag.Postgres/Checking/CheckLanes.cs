using System.Threading.Channels;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>The few connections of a run, each opened at its first use and used by one check at a time.</summary>
internal sealed class CheckLanes : IAsyncDisposable
{
    /// <summary>Closing takes a moment with a living server; a dead one must not keep the answer from the person who waits.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider time;
    private readonly ServerReader[] all;
    private readonly Channel<ServerReader> free = Channel.CreateUnbounded<ServerReader>();

    public CheckLanes(DatabaseUrl url, CheckLimits limits, TimeProvider time)
    {
        this.time = time;
        var options = new ServerReaderOptions { ConnectTimeout = limits.Connect };
        all = [.. Enumerable.Range(0, limits.Connections).Select(_ => new ServerReader(url, options, time))];
        foreach (var reader in all)
        {
            GiveBack(reader);
        }
    }

    public ValueTask<ServerReader> TakeAsync(CancellationToken cancellationToken) => free.Reader.ReadAsync(cancellationToken);

    public void GiveBack(ServerReader reader) => free.Writer.TryWrite(reader);

    /// <summary>Closes the connections; those of a server that hangs are cleaned up behind the caller's back.</summary>
    public async ValueTask DisposeAsync()
    {
        var closing = Task.WhenAll(all.Select(reader => reader.DisposeAsync().AsTask()));
        await Task.WhenAny(closing, Task.Delay(Farewell, time));
    }
}
