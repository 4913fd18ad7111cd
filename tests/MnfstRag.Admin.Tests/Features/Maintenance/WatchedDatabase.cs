using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>A database to be maintained, and a role that owns its tables.</summary>
internal sealed class WatchedDatabase : IAsyncDisposable
{
    private WatchedDatabase(PostgresServer server, TestDatabase database, TestRole role)
    {
        (Server, Database) = (server, database);
        MaintainUrl = $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/{database.Name}?sslmode=disable";
    }

    public PostgresServer Server { get; }

    public TestDatabase Database { get; }

    public string MaintainUrl { get; }

    public static async Task<WatchedDatabase> CreateAsync(int major) => await CreateAsync(await PostgresServers.GetAsync(major));

    /// <summary>On a server that the test may break.</summary>
    public static async Task<WatchedDatabase> CreateAsync(PostgresServer server)
    {
        var role = await server.CreateRoleAsync("pg_read_all_stats", "pg_signal_backend");
        var database = await server.CreateDatabaseAsync(role.Name);
        await database.ExecuteAsync($"""
            CREATE TABLE documents (id int PRIMARY KEY, tenant_id int NOT NULL, title text, created_at timestamptz DEFAULT now());
            CREATE TABLE sessions (id int PRIMARY KEY, user_id int);
            CREATE TABLE messages (id int PRIMARY KEY, content text);
            INSERT INTO documents SELECT i, i % 7, 'title ' || i FROM generate_series(1, 5000) i;
            INSERT INTO sessions SELECT i, i % 9 FROM generate_series(1, 500) i;
            INSERT INTO messages SELECT i, 'content ' || i FROM generate_series(1, 500) i;
            ALTER TABLE documents OWNER TO "{role.Name}";
            ALTER TABLE sessions OWNER TO "{role.Name}";
            ALTER TABLE messages OWNER TO "{role.Name}";
            ALTER TABLE documents SET (autovacuum_enabled = off);
            ALTER TABLE sessions SET (autovacuum_enabled = off);
            ALTER TABLE messages SET (autovacuum_enabled = off);
            """);
        return new WatchedDatabase(server, database, role);
    }

    public async Task<MaintenanceTarget> TableAsync(string name) =>
        new((uint)await Database.ScalarAsync<long>($"SELECT 'public.{name}'::regclass::oid::bigint"), "public", name, MaintenanceTargetKind.Table);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
