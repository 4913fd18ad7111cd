using System.Diagnostics;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Measuring;

/// <summary>Reads what one role costs a server, as another role, over one connection.</summary>
internal sealed class StatementCosts(NpgsqlDataSource server, string role) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(15);

    /// <summary>A batch is over when nothing was added for this long.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(120);

    private NpgsqlConnection? _connection;

    /// <summary>Everything the role has run.</summary>
    public async Task<StatementCost> ReadAsync(CancellationToken cancellationToken)
    {
        // Without texts the view does not read its file.
        const string Sql = """
            SELECT coalesce(sum(calls), 0)::bigint, coalesce(sum(total_plan_time + total_exec_time), 0)
            FROM pg_stat_statements(false) WHERE userid = to_regrole($1)
            """;
        await using var command = await CommandAsync(Sql, cancellationToken);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new StatementCost(reader.GetInt64(0), TimeSpan.FromMilliseconds(reader.GetDouble(1)));
    }

    /// <summary>Those of its statements that read one of <paramref name="views"/>.</summary>
    public async Task<StatementCost> ReadAsync(IReadOnlyList<string> views, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT coalesce(sum(calls), 0)::bigint, coalesce(sum(total_plan_time + total_exec_time), 0)
            FROM pg_stat_statements WHERE userid = to_regrole($1) AND query ~ $2
            """;
        await using var command = await CommandAsync(Sql, cancellationToken);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $@"\m({string.Join('|', views)})\M" });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new StatementCost(reader.GetInt64(0), TimeSpan.FromMilliseconds(reader.GetDouble(1)));
    }

    /// <summary>
    /// Waits for the end of the role's next batch of statements, so that windows hold whole batches, and says when that batch began
    /// to show (to about 15 ms) and what was spent with it.
    /// </summary>
    public async Task<(long At, StatementCost Cost)> NextBatchAsync(CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken);
        var now = before;
        while (now.Calls == before.Calls)
        {
            await Task.Delay(Pace, cancellationToken);
            now = await ReadAsync(cancellationToken);
        }

        var began = Stopwatch.GetTimestamp();
        for (var changed = began; Stopwatch.GetElapsedTime(changed) < Calm;)
        {
            await Task.Delay(Pace, cancellationToken);
            var later = await ReadAsync(cancellationToken);
            changed = later.Calls == now.Calls ? changed : Stopwatch.GetTimestamp();
            now = later;
        }

        return (began, now);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken cancellationToken)
    {
        _connection ??= await server.OpenConnectionAsync(cancellationToken);
        return new NpgsqlCommand(sql, _connection);
    }
}
