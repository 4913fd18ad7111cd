using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>A primary and its standby, with one database that has something for every reader.</summary>
public sealed class ReplicatedServer : IAsyncDisposable
{
    public const string Database = "watched";

    private const string Content = """
        CREATE EXTENSION pg_stat_statements;
        CREATE SCHEMA "Sch""ema";
        CREATE TABLE "Sch""ema"."Mixed Case" ("Id" int PRIMARY KEY, "the body" text UNIQUE);
        CREATE TABLE child (id int PRIMARY KEY, parent int, other text,
            CONSTRAINT "to its Parent" FOREIGN KEY (parent) REFERENCES "Sch""ema"."Mixed Case" ("Id"),
            FOREIGN KEY (other) REFERENCES "Sch""ema"."Mixed Case" ("the body"));
        CREATE INDEX child_low ON child (lower(other)) WHERE parent > 3;
        CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY);
        CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one;
        CREATE TABLE parts (id int, at date) PARTITION BY RANGE (id);
        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
        CREATE INDEX parts_id ON parts (id);
        CREATE TABLE to_be_locked (id int PRIMARY KEY);
        INSERT INTO "Sch""ema"."Mixed Case" SELECT i, 'body ' || i FROM generate_series(1, 500) AS i;
        INSERT INTO child SELECT i, i, 'body ' || i FROM generate_series(1, 300) AS i;
        INSERT INTO parts SELECT i FROM generate_series(0, 99) AS i;
        DELETE FROM child WHERE id > 250;
        ANALYZE;
        """;

    private readonly Dictionary<WatchingRole, TestRole?> _roles;

    private ReplicatedServer(PostgresServer primary, PostgresServer standby, Dictionary<WatchingRole, TestRole?> roles) =>
        (Primary, Standby, _roles) = (primary, standby, roles);

    public PostgresServer Primary { get; }

    public PostgresServer Standby { get; }

    public static async Task<ReplicatedServer> StartAsync(int major)
    {
        var primary = await PostgresServer.StartOwnAsync(major);
        await primary.ExecuteAsync($"CREATE DATABASE {Database} CONNECTION LIMIT 77");
        await primary.ExecuteAsync(Content, Database);
        await primary.ExecuteAsync("SELECT pg_create_physical_replication_slot('a_slot', true)");
        var roles = new Dictionary<WatchingRole, TestRole?>
        {
            [WatchingRole.Superuser] = null,
            [WatchingRole.Monitor] = await primary.CreateRoleWithAsync("CONNECTION LIMIT 33", "pg_monitor"),
            [WatchingRole.Bare] = await primary.CreateRoleAsync(),
        };
        return new ReplicatedServer(primary, await MnfstRag.Testing.Standby.StartAsync(primary), roles);
    }

    /// <summary>The server at the end of a way.</summary>
    public PostgresServer At(WatchingWay way) => way == WatchingWay.Standby ? Standby : Primary;

    public TestRole? Role(WatchingRole kind) => _roles[kind];

    /// <summary>A direct session of its own; null is the superuser's.</summary>
    public async Task<NpgsqlConnection> OpenAsync(WatchingWay way, string application, TestRole? role = null)
    {
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(At(way).ConnectionString(Database, role)) { Pooling = false, ApplicationName = application }.ConnectionString);
        await session.OpenAsync();
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
