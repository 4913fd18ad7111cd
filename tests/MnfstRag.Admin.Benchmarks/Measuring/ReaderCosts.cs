using System.Diagnostics;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Measuring;

/// <summary>What each reader of the dashboard costs the watched server, told apart by the tag in its statement.</summary>
internal sealed class ReaderCosts(NpgsqlDataSource server, string role) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(15);

    private NpgsqlConnection? _connection;
    private long? _activity;

    /// <summary>When the reader of every tick has run once more, as <see cref="Stopwatch.GetTimestamp"/>, to about 15 ms.</summary>
    public async Task<long> NextTickAsync(CancellationToken cancellationToken)
    {
        // Its queryid is looked up once: with texts the view reads its file every time.
        _activity ??= await ScalarAsync("SELECT queryid FROM pg_stat_statements WHERE userid = to_regrole($1) AND query LIKE '%mnfst-admin:activity%' ORDER BY calls DESC LIMIT 1", cancellationToken);
        var question = $"SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements(false) WHERE userid = to_regrole($1) AND queryid = {_activity}";
        var before = await ScalarAsync(question, cancellationToken);
        while (await ScalarAsync(question, cancellationToken) == before)
        {
            await Task.Delay(Pace, cancellationToken);
        }

        return Stopwatch.GetTimestamp();
    }

    /// <summary>Every reader that has run, with planning, the dearest first.</summary>
    public async Task<IReadOnlyList<(string Name, double Mean, double Longest)>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = await CommandAsync(
            """
            SELECT substring(query from 'mnfst-admin:([\w-]+)') AS reader,
                   sum(total_plan_time + total_exec_time) / sum(calls),
                   max(max_plan_time + max_exec_time)
            FROM pg_stat_statements
            WHERE userid = to_regrole($1) AND query LIKE '%mnfst-admin:%'
            GROUP BY reader
            HAVING sum(calls) > 0
            ORDER BY 2 DESC
            """,
            cancellationToken);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var costs = new List<(string, double, double)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            costs.Add((rows.GetString(0), rows.GetDouble(1), rows.GetDouble(2)));
        }

        return costs;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = await CommandAsync(sql, cancellationToken);
        return (long)(await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidDataException("The dashboard has not read the server yet."));
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken cancellationToken)
    {
        _connection ??= await server.OpenConnectionAsync(cancellationToken);
        var command = new NpgsqlCommand(sql, _connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
        return command;
    }
}
