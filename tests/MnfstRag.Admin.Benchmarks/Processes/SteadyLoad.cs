using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>
/// What a watched server does meanwhile: 24 sessions that are idle, 4 idle in a transaction, 2 that ask something small five times a
/// second. The same for every watcher.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const string Application = "steady-load";
    private const int Idle = 24;
    private const int InTransaction = 4;
    private const int Active = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _end = new();
    private readonly List<NpgsqlConnection> _sessions = [];
    private Task _asking = Task.CompletedTask;

    private SteadyLoad()
    {
    }

    public static async Task<SteadyLoad> StartAsync(WatchedServer server, CancellationToken cancellationToken)
    {
        var load = new SteadyLoad();
        try
        {
            await load.OpenAsync(server, cancellationToken);
            return load;
        }
        catch
        {
            await load.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _asking;
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }

        _end.Dispose();
    }

    private async Task OpenAsync(WatchedServer server, CancellationToken cancellationToken)
    {
        for (var number = 0; number < Idle + InTransaction + Active; number++)
        {
            _sessions.Add(await server.OpenSessionAsync(Application, cancellationToken));
        }

        foreach (var session in _sessions.Skip(Idle).Take(InTransaction))
        {
            await session.BeginTransactionAsync(cancellationToken);
            await AskAsync(session, cancellationToken);
        }

        _asking = Task.WhenAll(_sessions.Skip(Idle + InTransaction).Select(KeepAskingAsync));
    }

    private async Task KeepAskingAsync(NpgsqlConnection session)
    {
        try
        {
            while (true)
            {
                await AskAsync(session, _end.Token);
                await Task.Delay(Pause, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
            return;
        }
    }

    private static async Task AskAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_class", session);
        await command.ExecuteScalarAsync(cancellationToken);
    }
}
