using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Reads the columns of one table from <c>pg_attribute</c>, <c>pg_type</c>, <c>pg_cast</c> and <c>pg_opclass</c> (14–18), and tries values as the types of columns.</summary>
internal static class ColumnReader
{
    // A type is indexed by its own class, by that of a type it is stored like (varchar as text), or by one for any array, enum, range or record.
    private const string Statement = """
        WITH typed AS (
            SELECT a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) AS written, a.attnotnull,
                CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.oid END AS base
            FROM pg_catalog.pg_attribute AS a
            JOIN pg_catalog.pg_type AS y ON y.oid = a.atttypid
            WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped
        )
        SELECT /* mnfst-admin:maintenance */
            t.attname::text,
            t.written,
            t.attnotnull,
            b.typcategory = 'S' AND b.typnamespace = 'pg_catalog'::regnamespace,
            (b.typnamespace = 'pg_catalog'::regnamespace AND b.typtype = 'b' AND b.typcategory IN ('S', 'N', 'D', 'B', 'U', 'T', 'I')) OR b.typtype = 'e',
            ARRAY(
                SELECT DISTINCT m.amname::text
                FROM pg_catalog.pg_opclass AS o
                JOIN pg_catalog.pg_am AS m ON m.oid = o.opcmethod
                WHERE o.opcdefault AND m.amname IN ('btree', 'hash', 'gin', 'gist', 'brin')
                  AND (o.opcintype = b.oid
                    OR o.opcintype IN (SELECT c.casttarget FROM pg_catalog.pg_cast AS c WHERE c.castsource = b.oid AND c.castmethod = 'b' AND c.castcontext = 'i')
                    OR (o.opcintype = 'anyarray'::regtype AND b.typcategory = 'A')
                    OR (o.opcintype = 'anyenum'::regtype AND b.typtype = 'e')
                    OR (o.opcintype = 'anyrange'::regtype AND b.typtype = 'r')
                    OR (o.opcintype = 'record'::regtype AND b.typtype = 'c')))
        FROM typed AS t
        JOIN pg_catalog.pg_type AS b ON b.oid = t.base
        ORDER BY t.attnum
        """;

    public static async Task<List<TargetColumn>> ReadAsync(NpgsqlConnection connection, ServerReaderOptions options, uint table, CancellationToken cancellationToken)
    {
        var found = new List<TargetColumn>();
        await using var query = new BoundedQuery(connection, options, Statement, new NpgsqlParameter { Value = table, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new TargetColumn(
                rows.GetString(0),
                rows.GetString(1),
                rows.GetBoolean(2),
                rows.GetBoolean(3),
                rows.GetBoolean(4),
                [.. rows.GetFieldValue<string[]>(5).Select(Method)]));
        }

        return found;
    }

    /// <summary>The value as the server writes it once it has read it as the type, quoted as a literal with its type; null when it cannot be read so.</summary>
    /// <param name="connection">To ask.</param>
    /// <param name="options">Time limits.</param>
    /// <param name="type">As PostgreSQL itself wrote it (format_type): never text from outside.</param>
    /// <param name="value">Text from outside: it goes as a parameter.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string?> LiteralAsync(NpgsqlConnection connection, ServerReaderOptions options, string type, string value, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand($"SELECT /* mnfst-admin:maintenance */ quote_literal(CAST(CAST($1 AS {type}) AS text))");
        command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        try
        {
            // A date or time is written with its zone and in ISO, so that it means the same in every session.
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand(WatchSettings.TransactionSettings(options)),
                    new NpgsqlBatchCommand("SELECT /* mnfst-admin:maintenance */ set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true)"),
                    command,
                },
            };
            await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
            await rows.NextResultAsync(cancellationToken);
            await rows.NextResultAsync(cancellationToken);
            return await rows.ReadAsync(cancellationToken) && !rows.IsDBNull(0) ? $"{rows.GetString(0)}::{type}" : null;
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static IndexMethod Method(string name) => name switch
    {
        "hash" => IndexMethod.Hash,
        "gin" => IndexMethod.Gin,
        "gist" => IndexMethod.Gist,
        "brin" => IndexMethod.Brin,
        _ => IndexMethod.BTree,
    };
}
