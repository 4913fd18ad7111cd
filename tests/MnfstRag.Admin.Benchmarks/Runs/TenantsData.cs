using System.Diagnostics;
using System.Globalization;
using System.Text;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>The product's tables full of rows that follow from their numbers alone, fenced.</summary>
internal sealed class TenantsData : IAsyncDisposable
{
    /// <summary>In ten messages of the tenant that is looked at.</summary>
    public const string Rare = "quokka";

    /// <summary>In every eighth message of every tenant.</summary>
    public const string Common = "contract";

    /// <summary>In none.</summary>
    public const string Absent = "xylophone";

    /// <summary>In ten thousand messages of another tenant.</summary>
    public const string Foreign = "narwhal";

    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["shared_buffers"] = "1GB", ["maintenance_work_mem"] = "512MB", ["max_wal_size"] = "8GB", ["synchronous_commit"] = "off", ["random_page_cost"] = "1.1", ["effective_cache_size"] = "4GB",
    };

    private readonly TenantReads _reads;

    private TenantsData(NpgsqlDataSource owner, TenantReads reads, Guid tenant, double seconds) => (Owner, _reads, Tenant, Seconds) = (owner, reads, tenant, seconds);

    public NpgsqlDataSource Owner { get; }

    /// <summary>The tenant that is looked at.</summary>
    public Guid Tenant { get; }

    /// <summary>How long it took to make the rows.</summary>
    public double Seconds { get; }

    public static async Task<TenantsData> CreateAsync(PostgresServer server, int tenants, int documents, int messages, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await server.ExecuteAsync("CREATE DATABASE product", cancellationToken: cancellationToken);
        var owner = new NpgsqlDataSourceBuilder(server.ConnectionString("product")) { ConnectionStringBuilder = { CommandTimeout = 0 } }.Build();
        await RunAsync(owner, $"{ProductSamples.Of(ProductShape.Migrations).Split("INSERT INTO tenants")[0]}", cancellationToken);
        foreach (var step in Rows(tenants, documents, messages))
        {
            await RunAsync(owner, step, cancellationToken);
        }

        var reader = await server.CreateRoleAsync();
        var url = DatabaseUrl.Parse(server.ConnectionString("product")).Url!;
        var state = await new FenceInspector(url, new FenceNames(reader.Name), TimeProvider.System).InspectAsync(cancellationToken);
        var applied = await new FenceInstaller(url, TimeProvider.System).ApplyAsync(state.Script!, cancellationToken);
        if (applied.Done != true)
        {
            throw new InvalidOperationException(applied.Words);
        }

        await RunAsync(owner, "VACUUM (ANALYZE)", cancellationToken);
        var reads = new TenantReads(DatabaseUrl.Parse(server.ConnectionString("product", reader)).Url!, statementTimeout: TimeSpan.FromMinutes(1));
        return new TenantsData(owner, reads, await ScalarAsync<Guid>(owner, "SELECT md5('t3')::uuid", cancellationToken), Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>One page as the dashboard reads it: identities, then the rows through the view.</summary>
    public async Task PageAsync(string filter, int most, CancellationToken cancellationToken)
    {
        await using var transaction = await _reads.BeginAsync(Tenant, cancellationToken);
        await using var ids = transaction.Command("SELECT ARRAY(SELECT mnfst_admin.page_documents($1, $2))");
        ids.Parameters.Add(new() { Value = filter, NpgsqlDbType = NpgsqlDbType.Jsonb });
        ids.Parameters.Add(new() { Value = most });
        await ReadAsync(transaction, "documents", (Guid[])(await ids.ExecuteScalarAsync(cancellationToken))!, cancellationToken);
    }

    /// <summary>A search as the dashboard makes it: identities, then the beginning of the messages through the view.</summary>
    public async Task SearchAsync(string words, CancellationToken cancellationToken)
    {
        await using var transaction = await _reads.BeginAsync(Tenant, cancellationToken);
        await using var ids = transaction.Command("SELECT ARRAY(SELECT mnfst_admin.search_messages($1, 51))");
        ids.Parameters.Add(new() { Value = words });
        await ReadAsync(transaction, "messages", (Guid[])(await ids.ExecuteScalarAsync(cancellationToken))!, cancellationToken);
    }

    /// <summary>What the server did for a search, statement by statement within the function (auto_explain).</summary>
    public async Task<string> PlansAsync(string words, CancellationToken cancellationToken)
    {
        var told = new StringBuilder().Append("== ").Append(words).Append('\n');
        await using var connection = await Owner.OpenConnectionAsync(cancellationToken);
        connection.Notice += (_, notice) => told.Append(notice.Notice.MessageText).Append('\n');
        await using var ask = new NpgsqlCommand("LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_analyze = on; SET auto_explain.log_buffers = on; SET auto_explain.log_nested_statements = on; SET client_min_messages = log", connection);
        await ask.ExecuteNonQueryAsync(cancellationToken);
        await using var search = new NpgsqlCommand($"SELECT set_config('{FenceNames.TenantSetting}', '{Tenant}', false); SELECT count(*) FROM mnfst_admin.search_messages('{words}', 51)", connection);
        await search.ExecuteNonQueryAsync(cancellationToken);
        await using var forget = new NpgsqlCommand("DISCARD ALL", connection);
        await forget.ExecuteNonQueryAsync(cancellationToken);
        return told.ToString();
    }

    /// <summary>Time and identity of the row at a place of the tenant's list.</summary>
    public async Task<(string At, Guid Id)> RowAsync(int offset, CancellationToken cancellationToken)
    {
        await using var command = Owner.CreateCommand($"SELECT to_char(created_at, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), id FROM documents WHERE tenant_id = '{Tenant}' ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET {offset.ToString(CultureInfo.InvariantCulture)}");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (rows.GetString(0), rows.GetGuid(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await Owner.DisposeAsync();
    }

    private static async Task ReadAsync(TenantTransaction transaction, string view, Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = transaction.Command($"SELECT * FROM mnfst_admin.{view} AS v WHERE v.id = ANY ($1)");
        command.Parameters.Add(new() { Value = ids });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
        }
    }

    private static IEnumerable<string> Rows(int tenants, int documents, int messages) =>
    [
        $"INSERT INTO tenants (id, name, slug, created_at) SELECT md5('t' || n)::uuid, 'Tenant ' || n, 't' || n, now() FROM generate_series(0, {tenants - 1}) n",
        $"INSERT INTO users (id, email, name, role, tenant_id, password_hash) SELECT md5('u' || n)::uuid, n || '@example.org', 'User ' || n, 'USER', md5('t' || n % {tenants})::uuid, 'x' FROM generate_series(0, {(tenants * 50) - 1}) n",
        $"INSERT INTO chats (id, name, tenant_id) SELECT md5('c' || n)::uuid, 'Chat', md5('t' || n)::uuid FROM generate_series(0, {tenants - 1}) n",
        $"""
        INSERT INTO documents (id, created_at, updated_at, filename, original_name, size, mime_type, status, tenant_id, user_id)
        SELECT md5('d' || n)::uuid, timestamp '2026-01-01' + n * interval '1 second', timestamp '2026-01-01', 'f' || n, 'Report ' || n || '.pdf', n % 1000000 + 1, 'application/pdf',
          CASE n % 25 WHEN 0 THEN 'ERROR' ELSE 'PROCESSED' END::documentstatus, md5('t' || n % {tenants})::uuid, md5('u' || n % {tenants * 50})::uuid FROM generate_series(0, {documents - 1}) n
        """,
        $"INSERT INTO sessions (id, created_at, updated_at, title, user_id, chat_id) SELECT md5('s' || n)::uuid, timestamp '2026-01-01', timestamp '2026-01-01' + n * interval '1 minute', 'Session', md5('u' || n % {tenants * 50})::uuid, md5('c' || n % {tenants})::uuid FROM generate_series(0, {(messages / 100) - 1}) n",
        $"""
        INSERT INTO messages (id, created_at, content, role, session_id, timestamp)
        SELECT md5('m' || n)::uuid, timestamp '2026-01-01', 'what do we say about ' || (ARRAY['lease', 'transformer', 'invoice', 'audit', 'overtime', 'privacy', 'delivery'])[1 + n % 7] || ' number ' || n % 100000
            || CASE WHEN n / 100 % 8 = n % 8 THEN ' in the {Common}' ELSE '' END
            || CASE WHEN n / 100 % {messages / 1000} = 3 AND n % 100 = 7 THEN ' {Rare}' ELSE '' END
            || CASE WHEN n / 100 % {tenants} = 5 AND n % 50 = 0 THEN ' {Foreign}' ELSE '' END,
          CASE n % 2 WHEN 0 THEN 'USER' ELSE 'ASSISTANT' END::messagerole, md5('s' || n / 100)::uuid, timestamp '2026-01-01' + n * interval '100 milliseconds' FROM generate_series(0, {messages - 1}) n
        """,
        "CREATE INDEX ON users (tenant_id)",
        "CREATE INDEX ON documents (tenant_id, created_at, id)",
        "CREATE INDEX idx_documents_tenant_status ON documents (tenant_id, status)",
        "CREATE INDEX idx_documents_name_fts ON documents USING gin (to_tsvector('english', original_name))",
        "CREATE INDEX idx_sessions_user_updated ON sessions (user_id, updated_at DESC)",
        "CREATE INDEX idx_messages_session_timestamp ON messages (session_id, timestamp)",
        "CREATE INDEX idx_messages_content_fts ON messages USING gin (to_tsvector('english', content))",
        "VACUUM (ANALYZE)",
    ];

    private static async Task RunAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
