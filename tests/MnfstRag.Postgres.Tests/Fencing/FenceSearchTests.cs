using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Fencing;

/// <summary>Search gives what the same words give without a fence, of the tenant alone, whichever way the server goes.</summary>
public sealed class FenceSearchTests
{
    /// <summary>
    /// Of B 9,000 messages with "common"; of A three with it in its oldest session, behind sixty newer ones, and 600 with "usual".
    /// </summary>
    private static string Many(ProductShape shape) => $"""
        INSERT INTO sessions (id, title, user_id, updated_at{(shape == ProductShape.Migrations ? ", chat_id" : "")})
          SELECT md5('many' || t || n)::uuid, t, md5('u' || t || 1)::uuid, now() - n * interval '1 day'{(shape == ProductShape.Migrations ? ", md5('c' || t)::uuid" : "")} FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 61) n;
        INSERT INTO messages (id, content, role, session_id, timestamp)
          SELECT md5('common' || n)::uuid, 'common and usual ' || n, '{(shape == ProductShape.Migrations ? "USER" : "user")}', md5('manyb' || 1 + n % 61)::uuid, now() - n * interval '1 second' FROM generate_series(1, 9000) n;
        INSERT INTO messages (id, content, role, session_id, timestamp)
          SELECT md5('few' || n)::uuid, 'common ' || n, '{(shape == ProductShape.Migrations ? "USER" : "user")}', md5('manya61')::uuid, now() - n * interval '1 second' FROM generate_series(1, 3) n;
        INSERT INTO messages (id, content, role, session_id, timestamp)
          SELECT md5('usual' || n)::uuid, 'usual ' || n, '{(shape == ProductShape.Migrations ? "USER" : "user")}', md5('manya' || 1 + n % 61)::uuid, now() - n * interval '1 second' FROM generate_series(1, 600) n;
        ANALYZE;
        """;

    [Theory]
    [InlineData(ProductShape.Migrations, true)]
    [InlineData(ProductShape.Migrations, false)]
    [InlineData(ProductShape.Guide, true)]
    [InlineData(ProductShape.Guide, false)]
    public async Task Messages_are_found_by_rare_and_common_words_with_and_without_an_index(ProductShape shape, bool indexed)
    {
        await using var fenced = await Fenced.ProductAsync(PostgresVersions.Newest, shape);
        await fenced.Database.ExecuteAsync("DROP INDEX IF EXISTS idx_messages_content_fts");
        await fenced.Database.ExecuteAsync(indexed ? "CREATE INDEX ON messages USING gin (to_tsvector('english', content))" : "SELECT 1");
        await fenced.Database.ExecuteAsync(Many(shape));
        Assert.True((await fenced.ApplyAsync()).Done);

        Assert.Equal(0, await CountAsync("nothing"));
        Assert.Equal(9, await CountAsync("gardens"));
        Assert.Equal(3, await CountAsync("common"));
        Assert.Equal(1, await CountAsync("common 2"));
        Assert.Equal(0, await CountAsync("common usual"));
        Assert.Equal(50, await CountAsync("usual", most: 50));
        Assert.Equal(500, await CountAsync("usual", most: 10_000));
        Assert.Equal(0, await CountAsync("usual", most: -1));

        async Task<int> CountAsync(string words, int most = 500)
        {
            var found = await FindAsync(fenced, "search_messages", words, most);
            Assert.Equal(found.Length, found.Distinct().Count());
            Assert.Equal(found.Length, await OwnAsync(fenced, "messages", found));
            return found.Length;
        }
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task Documents_are_found_by_word_by_part_and_never_by_wildcard(ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, shape);

        foreach (var (words, count) in new[] { ("reports", 5), ("rigold rep", 5), ("MARI", 5), ("3.txt", 1), ("%", 0), ("_", 0), ("\\", 0), ("heliotrope", 0), ("  ", 0) })
        {
            var found = await FindAsync(fenced, "search_documents", words, 100);
            Assert.Equal((words, count), (words, found.Length));
            Assert.Equal(count, await OwnAsync(fenced, "documents", found));
        }
    }

    private static async Task<Guid[]> FindAsync(Fenced fenced, string function, string words, int most)
    {
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        await using var transaction = await reads.BeginAsync(ProductSamples.TenantA, CancellationToken.None);
        await using var command = transaction.Command($"SELECT ARRAY(SELECT mnfst_admin.{function}($1, $2))");
        command.Parameters.Add(new() { Value = words });
        command.Parameters.Add(new() { Value = most });
        return (Guid[])(await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> OwnAsync(Fenced fenced, string view, Guid[] found)
    {
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        await using var transaction = await reads.BeginAsync(ProductSamples.TenantA, CancellationToken.None);
        await using var command = transaction.Command($"SELECT count(*) FROM mnfst_admin.{view} WHERE id = ANY ($1)");
        command.Parameters.Add(new() { Value = found });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
