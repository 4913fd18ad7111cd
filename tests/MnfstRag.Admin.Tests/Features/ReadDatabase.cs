using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features;

/// <summary>A small real database, read once for all tests of a page, with names that mean harm.</summary>
public sealed class ReadDatabase : IAsyncLifetime
{
    private static readonly IReadOnlyList<IReader> Readers = [StatementsReader.Instance, SettingsReader.Instance, IndexReader.Instance, ForeignKeyReader.Instance, TableReader.Instance];

    private const string Content = """
        CREATE EXTENSION pg_stat_statements;
        CREATE TABLE documents (id int PRIMARY KEY, tenant_id int, body text);
        CREATE INDEX documents_tenant ON documents (tenant_id);
        CREATE INDEX documents_never ON documents (lower(body)) WHERE tenant_id > 3;
        CREATE TABLE "<script>alert(1)</script>" (id int);
        CREATE INDEX "<b>" ON "<script>alert(1)</script>" (id);
        CREATE TABLE unattended (id int) WITH (autovacuum_enabled = off);
        INSERT INTO documents SELECT g, g % 9, repeat('x', 100) FROM generate_series(1, 3000) AS g;
        INSERT INTO unattended SELECT g FROM generate_series(1, 10) AS g;
        DELETE FROM documents WHERE id > 1000;
        SET enable_seqscan = off;
        SELECT count(*) FROM documents WHERE tenant_id = 7;
        """;

    internal HeldReadings Read { get; private set; } = HeldReadings.None;

    internal Capabilities Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync(Content);
        await using var reader = new ServerReader(
            DatabaseUrl.Parse(database.ConnectionString).Url!, new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);
        await Wait.UntilAsync(async over =>
        {
            var reading = await reader.ReadAsync(Readers, over);
            Assert.Null(reading.Fault);
            (Read, Server) = (HeldReadings.None.With(reading, Readers, Snapshots.Now), reading.Capabilities!);
            return reading.Of(IndexReader.Instance).Value!.Indexes.Single(index => index.Name == "documents_tenant").Scans == 1;
        });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The same when a reader has failed since.</summary>
    internal HeldReadings ReadWithFault(IReader reader, string words) => Read.With(
        new ServerReading(Server, null, false, TimeSpan.Zero, new Dictionary<string, string>(StringComparer.Ordinal) { [reader.Name] = words }), [reader], Snapshots.Now);
}
