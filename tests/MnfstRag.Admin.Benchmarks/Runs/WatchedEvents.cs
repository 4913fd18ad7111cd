using System.Diagnostics;
using System.Globalization;
using MnfstRag.Admin.Benchmarks.Processes;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>Things that happen on the watched server, each with a text that nothing else has.</summary>
internal sealed class WatchedEvents(WatchedServer watched)
{
    private int _number;

    /// <summary>A session opens. Milliseconds until its application name is shown.</summary>
    public async Task<double> OpenSessionAsync(Func<string, Task<long>> shown, CancellationToken cancellationToken)
    {
        var name = Next("session");
        var seen = shown(name);
        await using var session = await watched.OpenSessionAsync(name, cancellationToken);
        var happened = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(happened, await seen.WaitAsync(cancellationToken)).TotalMilliseconds;
    }

    /// <summary>A session waits for a lock. Milliseconds until the lock tree names the relation that it waits for.</summary>
    public async Task<double> TakeLockAsync(Func<string, Task<long>> shown, CancellationToken cancellationToken)
    {
        var table = Next("lock");
        await using var holder = await watched.OpenSessionAsync("lock-holder", cancellationToken);
        await using var waiter = await watched.OpenSessionAsync("lock-waiter", cancellationToken);
        await using var held = await holder.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(holder, $"CREATE TABLE IF NOT EXISTS {table} (id int)", cancellationToken);
        await held.CommitAsync(cancellationToken);
        await using var holding = await holder.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(holder, $"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", cancellationToken);

        // The statement's own text has the table's name, but not behind its lock's.
        var seen = shown($"Lock on public.{table}");
        var happened = Stopwatch.GetTimestamp();
        var waiting = ExecuteAsync(waiter, $"SELECT count(*) FROM {table}", cancellationToken);
        var milliseconds = Stopwatch.GetElapsedTime(happened, await seen.WaitAsync(cancellationToken)).TotalMilliseconds;
        await holding.RollbackAsync(cancellationToken);
        await waiting;
        await ExecuteAsync(holder, $"DROP TABLE {table}", cancellationToken);
        return milliseconds;
    }

    private string Next(string kind) => $"{kind}_{Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture)}_seen";

    private static async Task ExecuteAsync(NpgsqlConnection session, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
