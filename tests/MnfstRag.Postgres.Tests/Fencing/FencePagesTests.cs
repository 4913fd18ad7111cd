using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Tests.Fencing;

/// <summary>Pages give every row once, in order, in both directions, with rows that have no time; filters leave what the same filter leaves without a fence.</summary>
public sealed class FencePagesTests
{
    private static string Many(ProductShape shape) => $"""
        UPDATE documents SET created_at = now() - interval '2 years';
        INSERT INTO documents (id, filename, original_name, size, mime_type, status, tenant_id, user_id, created_at)
          SELECT md5('page' || n)::uuid, 'f', 'Ledger ' || n || '.pdf', n, CASE n % 3 WHEN 0 THEN 'application/pdf' ELSE 'text/plain' END,
            CASE n % 4 WHEN 0 THEN '{Word(shape, "error")}' ELSE '{Word(shape, "processed")}' END{(shape == ProductShape.Migrations ? "::documentstatus" : "")},
            '{ProductSamples.TenantA}', md5('ua' || 1 + n % 3)::uuid, CASE WHEN n <= 10 THEN NULL ELSE now() - (n / 5) * interval '1 hour' END
          FROM generate_series(1, 203) n;
        UPDATE sessions SET updated_at = now() - interval '9 days';
        INSERT INTO sessions (id, title, user_id, updated_at{(shape == ProductShape.Migrations ? ", chat_id" : "")})
          SELECT md5('page' || n)::uuid, 't' || n, md5('ua' || 1 + n % 3)::uuid, CASE WHEN n <= 5 THEN NULL ELSE now() - (n / 4) * interval '1 minute' END{(shape == ProductShape.Migrations ? ", md5('ca')::uuid" : "")}
          FROM generate_series(1, 97) n;
        """;

    private static string Word(ProductShape shape, string word) => shape == ProductShape.Migrations ? word.ToUpperInvariant() : word;

    [Theory]
    [InlineData(14, ProductShape.Migrations)]
    [InlineData(18, ProductShape.Migrations)]
    [InlineData(14, ProductShape.Guide)]
    [InlineData(18, ProductShape.Guide)]
    public async Task Every_row_comes_once_in_order_in_both_directions(int major, ProductShape shape)
    {
        await using var fenced = await StartAsync(major, shape);
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        foreach (var (function, table, time, owner) in new[]
        {
            ("page_documents", "documents", "created_at", $"tenant_id = '{ProductSamples.TenantA}'"),
            ("page_sessions", "sessions", "updated_at", $"user_id IN (SELECT id FROM users WHERE tenant_id = '{ProductSamples.TenantA}') AND title <> 'user of a, chat of b'"),
        })
        {
            var all = (await fenced.Database.ScalarAsync<Guid[]>($"SELECT ARRAY(SELECT id FROM {table} WHERE {owner} ORDER BY {time} DESC NULLS LAST, id DESC)"))!;

            var down = await WalkAsync(reads, function, table, time, upwards: false);
            var up = await WalkAsync(reads, function, table, time, upwards: true);

            Assert.Equal(all, down);
            Assert.Equal(all.Reverse(), up);
        }
    }

    [Theory]
    [InlineData(ProductShape.Migrations, true)]
    [InlineData(ProductShape.Migrations, false)]
    [InlineData(ProductShape.Guide, true)]
    [InlineData(ProductShape.Guide, false)]
    public async Task Filters_leave_what_they_leave_without_a_fence_and_are_counted(ProductShape shape, bool indexed)
    {
        await using var fenced = await StartAsync(PostgresVersions.Newest, shape, indexed);
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        var uploader = await fenced.Database.ScalarAsync<Guid>("SELECT md5('ua2')::uuid");
        foreach (var (filter, condition) in new[]
        {
            ("{}", "true"),
            ("{\"status\": \"error\"}", "lower(status::text) = 'error'"),
            ("{\"status\": \"nonsense\"}", "false"),
            ("{\"status\": \"ERROR\"}", "lower(status::text) = 'error'"),
            ("{\"type\": \"application/pdf\", \"status\": \"error\"}", "mime_type = 'application/pdf' AND lower(status::text) = 'error'"),
            ($"{{\"uploader\": \"{uploader}\"}}", $"user_id = '{uploader}'"),
            ("{\"least\": 50, \"largest\": 60}", "size BETWEEN 50 AND 60"),
            ("{\"find\": \"ledgers\"}", "original_name LIKE 'Ledger%'"),
            ("{\"find\": \"ledger\", \"mode\": \"words\", \"status\": \"error\"}", "original_name LIKE 'Ledger%' AND lower(status::text) = 'error'"),
            ("{\"find\": \"edger 1\", \"mode\": \"part\"}", "original_name ILIKE '%edger 1%'"),
            ("{\"find\": \"Ledger 1\", \"mode\": \"start\"}", "original_name ILIKE 'Ledger 1%'"),
            ("{\"find\": \"edger 1\", \"mode\": \"start\"}", "false"),
            ("{\"find\": \"heliotrope\", \"mode\": \"part\"}", "false"),
            ("{\"find\": \"%\", \"mode\": \"part\"}", "false"),
        })
        {
            var wanted = (await fenced.Database.ScalarAsync<Guid[]>($"SELECT ARRAY(SELECT id FROM documents WHERE tenant_id = '{ProductSamples.TenantA}' AND ({condition}) ORDER BY created_at DESC NULLS LAST, id DESC)"))!;

            var found = await PageAsync(reads, "page_documents", filter, 1000);
            var counted = await CountAsync(reads, filter, 1000);
            var capped = await CountAsync(reads, filter, 3);

            Assert.Equal((filter, wanted.Length), (filter, found.Count));
            Assert.Equal(wanted, found);
            Assert.Equal((wanted.Length, null), counted);
            Assert.Equal((filter, Math.Min(wanted.Length, 3), wanted.Length > 3), (filter, capped.Counted, capped.Estimated >= 3));
        }
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task Times_limit_documents_to_the_second_in_any_time_zone_of_the_server(ProductShape shape)
    {
        await using var fenced = await StartAsync(PostgresVersions.Newest, shape);
        await fenced.Database.ExecuteAsync($"ALTER ROLE \"{fenced.Reader.Name}\" SET timezone = 'Pacific/Auckland'");
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        var at = await fenced.Database.ScalarAsync<string>($"SELECT to_char({(shape == ProductShape.Migrations ? "created_at" : "created_at AT TIME ZONE 'UTC'")}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM documents WHERE id = md5('page100')::uuid");

        var from = await PageAsync(reads, "page_documents", $"{{\"from\": \"{at}\"}}", 1000);
        var to = await PageAsync(reads, "page_documents", $"{{\"to\": \"{at}\"}}", 1000);

        Assert.Equal(94, from.Count);
        Assert.Equal(203 + 5 - 94 - 10, to.Count);
    }

    private static async Task<Fenced> StartAsync(int major, ProductShape shape, bool indexed = true)
    {
        var fenced = await Fenced.ProductAsync(major, shape);
        await fenced.Database.ExecuteAsync(Many(shape));
        await fenced.Database.ExecuteAsync("DROP INDEX IF EXISTS idx_documents_name_fts");
        await fenced.Database.ExecuteAsync(indexed ? "CREATE INDEX ON documents USING gin (to_tsvector('english', original_name))" : "SELECT 1");
        var applied = await fenced.ApplyAsync();
        Assert.True(applied.Done, applied.Words);
        return fenced;
    }

    private static async Task<List<Guid>> WalkAsync(TenantReads reads, string function, string view, string time, bool upwards)
    {
        var all = new List<Guid>();
        for (var cursor = ""; ;)
        {
            var page = await PageAsync(reads, function, $"{{\"upwards\": {(upwards ? "true" : "false")}{cursor}}}", 17);
            all.AddRange(page);
            if (page.Count < 17)
            {
                return all;
            }

            await using var transaction = await reads.BeginAsync(ProductSamples.TenantA, CancellationToken.None);
            await using var command = transaction.Command($"SELECT to_char({time} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM mnfst_admin.{view} WHERE id = '{page[^1]}'");
            var at = await command.ExecuteScalarAsync() as string;
            cursor = $", \"id\": \"{page[^1]}\"{(at is null ? "" : $", \"at\": \"{at}\"")}";
        }
    }

    private static async Task<List<Guid>> PageAsync(TenantReads reads, string function, string filter, int most)
    {
        await using var transaction = await reads.BeginAsync(ProductSamples.TenantA, CancellationToken.None);
        await using var command = transaction.Command($"SELECT ARRAY(SELECT mnfst_admin.{function}($1, $2))");
        command.Parameters.Add(new() { Value = filter, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = most });
        return [.. (Guid[])(await command.ExecuteScalarAsync())!];
    }

    private static async Task<(long Counted, long? Estimated)> CountAsync(TenantReads reads, string filter, int most)
    {
        await using var transaction = await reads.BeginAsync(ProductSamples.TenantA, CancellationToken.None);
        await using var command = transaction.Command("SELECT counted, estimated FROM mnfst_admin.count_documents($1, $2)");
        command.Parameters.Add(new() { Value = filter, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = most });
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return (rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetInt64(1));
    }
}
