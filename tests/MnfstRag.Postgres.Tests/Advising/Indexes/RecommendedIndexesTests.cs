using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Advising.Indexes;

public sealed class RecommendedIndexesTests
{
    private const string Product = """
        CREATE TABLE tenants (id uuid PRIMARY KEY);
        CREATE TABLE users (id uuid PRIMARY KEY, tenant_id uuid, email varchar);
        CREATE TABLE documents (id uuid PRIMARY KEY, tenant_id uuid, user_id uuid, status varchar, original_name varchar, created_at timestamp);
        CREATE TABLE sessions (id uuid PRIMARY KEY, user_id uuid, updated_at timestamp);
        CREATE TABLE messages (id uuid PRIMARY KEY, session_id uuid, content text, timestamp timestamp);
        """;

    public static TheoryData<string, string, RecommendedState, string?> Cases => new()
    {
        { "SELECT 1", "idx_users_tenant_email", RecommendedState.Missing, null },
        { "CREATE INDEX idx_users_tenant_email ON users (tenant_id, email)", "idx_users_tenant_email", RecommendedState.Present, "public.idx_users_tenant_email" },
        { "CREATE INDEX \"Mine\" ON users (tenant_id, email)", "idx_users_tenant_email", RecommendedState.UnderAnotherName, "public.\"Mine\"" },
        { "ALTER TABLE users ADD CONSTRAINT one_mail UNIQUE (tenant_id, email)", "idx_users_tenant_email", RecommendedState.UnderAnotherName, "public.one_mail" },
        { "CREATE INDEX wide ON users (tenant_id, email, id)", "idx_users_tenant_email", RecommendedState.Served, "public.wide" },
        { "CREATE INDEX turned ON users (email, tenant_id)", "idx_users_tenant_email", RecommendedState.Missing, null },
        { "CREATE INDEX part ON users (tenant_id, email) WHERE email <> ''", "idx_users_tenant_email", RecommendedState.Missing, null },
        { "CREATE INDEX idx_users_tenant_email ON users (email)", "idx_users_tenant_email", RecommendedState.NameTaken, "public.idx_users_tenant_email" },
        { "CREATE INDEX up ON sessions (user_id, updated_at)", "idx_sessions_user_updated", RecommendedState.UnderAnotherName, "public.up" },
        { "CREATE INDEX words ON messages USING gin (to_tsvector('english', content))", "idx_messages_content_fts", RecommendedState.UnderAnotherName, "public.words" },
        { "CREATE INDEX words ON documents USING gin (to_tsvector('english', original_name))", "idx_documents_name_fts", RecommendedState.UnderAnotherName, "public.words" },
        { "CREATE INDEX words ON messages USING gin (to_tsvector('german', content))", "idx_messages_content_fts", RecommendedState.Missing, null },
    };

    [Theory, MemberData(nameof(Cases))]
    public async Task Each_is_present_served_taken_or_missing(string sql, string name, RecommendedState expected, string? by)
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest, WatchingRole.Monitor);
        await watched.Database.ExecuteAsync(Product + sql);

        var found = RecommendedIndexes.Of(await watched.ReadAsync(IndexReader.Instance)).Single(one => one.Name == name);

        Assert.Equal((expected, by), (found.State, found.By));
        Assert.Equal(expected is RecommendedState.Missing or RecommendedState.NameTaken, found.Sql is not null);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_creates_them_does_and_nothing_is_missing_then(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync(Product);
        var missing = RecommendedIndexes.Findings(await watched.ReadAsync(IndexReader.Instance)).ToList();
        Assert.Equal(7, missing.Count);

        foreach (var finding in missing)
        {
            await watched.Database.ExecuteAsync(finding.Sql!);
        }

        Assert.All(RecommendedIndexes.Of(await watched.ReadAsync(IndexReader.Instance)), one => Assert.Equal(RecommendedState.Present, one.State));
    }

    [Fact]
    public async Task A_database_of_somebody_elses_is_left_alone()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE users (id int PRIMARY KEY, tenant_id int, email text); CREATE TABLE documents (id int PRIMARY KEY)");

        Assert.Empty(RecommendedIndexes.Of(await watched.ReadAsync(IndexReader.Instance)));
    }
}
