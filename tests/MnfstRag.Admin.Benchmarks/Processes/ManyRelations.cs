using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>A large database: many tables with two indexes each, and many different statements in pg_stat_statements.</summary>
internal sealed class ManyRelations(NpgsqlDataSource administration)
{
    /// <summary>Makes <paramref name="tables"/> tables, hundreds a transaction: one lock is held for each until it commits.</summary>
    public async Task CreateAsync(int tables, CancellationToken cancellationToken)
    {
        await using var command = administration.CreateCommand(
            $"""
            DO $$
            BEGIN
                FOR i IN 1..{tables} LOOP
                    EXECUTE format('CREATE TABLE t_%s (id int PRIMARY KEY, tenant_id int, note text)', i);
                    EXECUTE format('CREATE INDEX ix_t_%s_tenant ON t_%s (tenant_id)', i, i);
                    EXECUTE format('INSERT INTO t_%s SELECT g, g %% 3 FROM generate_series(1, 3) g', i);
                    IF i % 400 = 0 THEN COMMIT; END IF;
                END LOOP;
            END $$
            """);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var analyze = administration.CreateCommand("ANALYZE");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Asks each of the first <paramref name="statements"/> tables once: as many entries in pg_stat_statements.</summary>
    public async Task AskAsync(int statements, CancellationToken cancellationToken)
    {
        await using var connection = await administration.OpenConnectionAsync(cancellationToken);
        foreach (var chunk in Enumerable.Range(1, statements).Chunk(250))
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var table in chunk)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT count(*) FROM t_{table} WHERE tenant_id < 2"));
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
