using System.Diagnostics;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Peers;

/// <summary>What an application with Npgsql's several hosts sees: it asks every 50 ms, and asks again when it failed. Each time a connection is opened anew, as after an idle time.</summary>
internal sealed class MultiHostClient : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(long At, TimeSpan Took, bool Answered)> _seen = [];
    private readonly Task _run;

    /// <summary>Begins at once.</summary>
    /// <param name="connectionString">Several hosts.</param>
    /// <param name="target">Which of them will do.</param>
    /// <param name="statement">What it asks.</param>
    public MultiHostClient(string connectionString, TargetSessionAttributes target, string statement)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 3, Timeout = 3 };
        _source = new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildMultiHost().WithTargetSession(target);
        _run = RunAsync(statement);
    }

    /// <summary>Time from <paramref name="moment"/> (a timestamp) to the first answer to a question put after it; null when there was none.</summary>
    public TimeSpan? FirstAfter(long moment)
    {
        lock (_seen)
        {
            var first = _seen.Find(one => one.Answered && one.At > moment);
            return first.At == 0 ? null : Stopwatch.GetElapsedTime(moment, first.At) + first.Took;
        }
    }

    /// <summary>Longest that a question put after <paramref name="moment"/> took, answered or not.</summary>
    public TimeSpan LongestAfter(long moment)
    {
        lock (_seen)
        {
            return _seen.Where(one => one.At > moment).Select(one => one.Took).DefaultIfEmpty().Max();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        await _source.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(string statement)
    {
        while (!_stop.IsCancellationRequested)
        {
            var at = Stopwatch.GetTimestamp();
            var answered = await AskAsync(statement);
            lock (_seen)
            {
                _seen.Add((at, Stopwatch.GetElapsedTime(at), answered));
            }

            await Task.Delay(50);
        }
    }

    private async Task<bool> AskAsync(string statement)
    {
        try
        {
            _source.Clear();
            await using var command = _source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            return false;
        }
    }
}
