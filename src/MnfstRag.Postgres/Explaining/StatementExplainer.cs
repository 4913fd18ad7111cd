using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Explaining;

/// <summary>
/// Asks the server for the generic plan of a recorded statement (14–18): prepared, and explained with plan_cache_mode = force_generic_plan. EXPLAIN (GENERIC_PLAN) of
/// 16 gives the same plan, but under the extended protocol the values that must be bound then would be planned with. All in a transaction that is read
/// only, limited in time and rolled back, over a connection of its own; the statement is never run (no ANALYZE), so that an INSERT can be explained too.
/// </summary>
public sealed class StatementExplainer(DatabaseUrl url, TimeProvider time)
{
    private const string Prepared = "mnfst_admin_explain";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(16);

    /// <summary>The plan, or why there is none. Faults are words.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ExplainResult> ExplainAsync(StatementKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(key, cancellationToken).WaitAsync(Budget, time, cancellationToken);
        }
        catch (PostgresException answer)
        {
            return Refused(answer);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new ExplainResult(null, ConnectionFault.From(exception, url).Words);
        }
    }

    private async Task<ExplainResult> AskAsync(StatementKey key, CancellationToken cancellationToken)
    {
        var settings = url.ToConnectionStringBuilder();
        settings.Pooling = false;
        settings.ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} explain";
        settings.Timeout = 3;
        settings.CommandTimeout = (int)Limit.TotalSeconds + 2;
        await using var source = WatchSettings.Build(settings, "explain");
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, $"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '{Limit.TotalSeconds:0}s'; SET LOCAL lock_timeout = '500ms'", cancellationToken);
        var (text, fault) = await TextAsync(connection, key, cancellationToken);
        if (text is null)
        {
            return new ExplainResult(null, fault);
        }

        if (ExplainableStatement.Refusal(text, out var statement) is { } refusal)
        {
            return new ExplainResult(null, refusal);
        }

        return await PreparedAsync(connection, transaction, statement, cancellationToken);
    }

    /// <summary>A prepared statement outlives its transaction, and behind a pooler its connection: it is taken away whatever happens.</summary>
    private static async Task<ExplainResult> PreparedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string statement, CancellationToken cancellationToken)
    {
        await RunAsync(connection, $"PREPARE {Prepared} AS {statement}", cancellationToken);
        await transaction.SaveAsync(Prepared, cancellationToken);
        try
        {
            await using var count = new NpgsqlCommand($"SELECT cardinality(parameter_types) FROM pg_catalog.pg_prepared_statements WHERE name = '{Prepared}'", connection);
            var parameters = await count.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
            await RunAsync(connection, "SET LOCAL plan_cache_mode = force_generic_plan", cancellationToken);
            var values = parameters == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("NULL", parameters))})";
            return new ExplainResult(PlanParser.Parse(await JsonAsync(connection, $"EXPLAIN (FORMAT JSON) EXECUTE {Prepared}{values}", cancellationToken), parameters));
        }
        finally
        {
            await transaction.RollbackAsync(Prepared, CancellationToken.None);
            await RunAsync(connection, $"DEALLOCATE {Prepared}", CancellationToken.None);
        }
    }

    /// <summary>The text as the server recorded it, which never leaves here.</summary>
    private static async Task<(string? Text, string? Fault)> TextAsync(NpgsqlConnection connection, StatementKey key, CancellationToken cancellationToken)
    {
        await using var where = new NpgsqlCommand(
            """
            SELECT /* mnfst-admin:explain */ quote_ident(n.nspname), d.oid = $1, (SELECT datname FROM pg_catalog.pg_database WHERE oid = $1), d.datname
            FROM pg_catalog.pg_database d
            LEFT JOIN pg_catalog.pg_extension e ON e.extname = 'pg_stat_statements'
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
            WHERE d.datname = current_database()
            """,
            connection);
        where.Parameters.Add(new NpgsqlParameter { Value = key.DatabaseId, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
        string schema;
        await using (var rows = await where.ExecuteReaderAsync(cancellationToken))
        {
            await rows.ReadAsync(cancellationToken);
            if (rows.IsDBNull(0))
            {
                return (null, "pg_stat_statements is not created in this database, so there is no recorded text.");
            }

            if (!rows.GetBoolean(1))
            {
                return (null, rows.IsDBNull(2)
                    ? "The statement's database was dropped."
                    : $"The statement belongs to the database {rows.GetString(2)}; the watch credential connects to {rows.GetString(3)}. A plan can only be asked for there.");
            }

            schema = rows.GetString(0);
        }

        await using var ask = new NpgsqlCommand($"SELECT query FROM {schema}.pg_stat_statements(true) WHERE queryid = $1 AND dbid = $2 AND userid = $3 LIMIT 1", connection);
        ask.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key.QueryId });
        ask.Parameters.Add(new NpgsqlParameter { Value = key.DatabaseId, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
        ask.Parameters.Add(new NpgsqlParameter { Value = key.UserId, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
        return await ask.ExecuteScalarAsync(cancellationToken) is string { Length: > 0 } text
            ? (text, null)
            : (null, "The server no longer has this statement: pg_stat_statements was reset, or threw it out for want of room. It comes back when it is called again.");
    }

    private static async Task<string> JsonAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What the server answered. Its message may repeat the statement's names, never a value: there is none in it.</summary>
    private static ExplainResult Refused(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege => new ExplainResult(
            null,
            $"The watching role may not read what the statement reads: {answer.MessageText} (42501). Planning needs SELECT on its tables, and what the statement changes needs that right too.",
            null),
        PostgresErrorCodes.UndefinedTable => new ExplainResult(
            null, $"{answer.MessageText} (42P01). The statement names its tables without a schema: it was written for a role whose search_path differs, or the table is gone."),
        PostgresErrorCodes.LockNotAvailable => new ExplainResult(null, "A table of the statement is locked exclusively now. Try again when it is free (55P03)."),
        PostgresErrorCodes.QueryCanceled => new ExplainResult(null, $"Planning took longer than {Limit.TotalSeconds:0} s and was stopped (57014)."),
        PostgresErrorCodes.ReadOnlySqlTransaction => new ExplainResult(null, $"{answer.MessageText} (25006)."),
        PostgresErrorCodes.IndeterminateDatatype or PostgresErrorCodes.AmbiguousFunction or PostgresErrorCodes.SyntaxError => new ExplainResult(
            null, $"{answer.MessageText} ({answer.SqlState}). The recorded text has $1 where the application had values, and without them the server cannot tell their types here."),
        _ => new ExplainResult(null, $"The server did not make a plan: {QueryText.Mask(answer.MessageText)} ({answer.SqlState})."),
    };
}
