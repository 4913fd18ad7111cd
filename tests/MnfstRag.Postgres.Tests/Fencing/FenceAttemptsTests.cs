using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Fencing;

/// <summary>Attempts that need to write, to hold sessions or to be many at once: with the fence's role and no filter of the application.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FenceAttemptsTests
{
    private static readonly string[] Views = ["tenants", "users", "documents", "sessions", "messages", "social_links"];

    /// <summary>What the fence's role may try in a transaction of tenant A that may write. The server must refuse each.</summary>
    private static IEnumerable<string> Forbidden(FenceNames names)
    {
        foreach (var view in Views)
        {
            yield return $"UPDATE mnfst_admin.{view} SET id = id";
            yield return $"DELETE FROM mnfst_admin.{view}";
            yield return $"INSERT INTO mnfst_admin.{view} (id) VALUES (gen_random_uuid())";
            yield return $"TRUNCATE mnfst_admin.{view}";
            yield return $"DELETE FROM public.{view}";
            yield return $"TRUNCATE public.{view} CASCADE";
            yield return $"COPY public.{view} TO STDOUT";
            yield return $"SELECT * FROM public.{view} LIMIT 1";
            yield return $"SELECT ctid FROM public.{view}";
            yield return $"SELECT * FROM mnfst_admin.{view} FOR UPDATE";
            yield return $"LOCK TABLE public.{view} IN ACCESS SHARE MODE";
            yield return $"CREATE OR REPLACE VIEW mnfst_admin.{view} AS SELECT 1";
            yield return $"ALTER VIEW mnfst_admin.{view} SET (security_barrier = false)";
            yield return $"ALTER TABLE public.{view} DISABLE ROW LEVEL SECURITY";
            yield return $"CREATE POLICY mine ON public.{view} USING (true)";
            yield return $"CREATE RULE mine AS ON INSERT TO mnfst_admin.{view} DO INSTEAD NOTHING";
        }

        yield return $"SET ROLE \"{names.Owner}\"";
        yield return $"SET SESSION AUTHORIZATION \"{names.Owner}\"";
        yield return $"GRANT \"{names.Owner}\" TO CURRENT_USER";
        yield return $"ALTER ROLE CURRENT_USER BYPASSRLS";
        yield return $"REASSIGN OWNED BY \"{names.Owner}\" TO CURRENT_USER";
        yield return "CREATE TABLE mnfst_admin.mine (id int)";
        yield return "CREATE FUNCTION mnfst_admin.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'";
        yield return "ALTER FUNCTION mnfst_admin.search_messages(text, integer) SECURITY INVOKER";
        yield return "ALTER FUNCTION mnfst_admin.search_messages(text, integer) SET search_path = public";
        yield return "DROP SCHEMA mnfst_admin CASCADE";
        yield return "CREATE POLICY mine ON public.messages USING (true)";
        yield return "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()";
        yield return "SELECT pg_read_file('postgresql.conf')";
        yield return "SELECT lo_import('/etc/passwd')";
        yield return "SELECT * FROM pg_catalog.pg_statistic";
        yield return "SELECT * FROM pg_catalog.pg_authid";
        yield return "SET session_replication_role = replica";
        yield return "COPY mnfst_admin.users TO PROGRAM 'cat'";
        yield return "COPY mnfst_admin.users TO '/tmp/users'";
    }

    [Theory, MemberData(nameof(FenceScriptTests.Everywhere), MemberType = typeof(FenceScriptTests))]
    public async Task Whatever_would_write_or_reach_around_is_refused(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(major, shape);
        await using var session = await fenced.OpenAsReaderAsync();
        var attempts = Forbidden(fenced.Names).ToList();
        var through = new List<string>();

        // 55000 and 42809: a view over joins cannot be written at all.
        foreach (var attempt in attempts)
        {
            await using var transaction = await session.BeginTransactionAsync();
            await NameAsync(session, ProductSamples.TenantA);
            var refused = await Record.ExceptionAsync(() => RunAllAsync(session, attempt));
            if (refused is not PostgresException { SqlState: "42501" or "42809" or "55000" })
            {
                through.Add($"{attempt}: {refused?.Message}");
            }
        }

        Assert.Empty(through);
        Assert.InRange(attempts.Count, 110, 1000);
        var state = await fenced.Inspector.InspectAsync(CancellationToken.None);
        Assert.Equal(FenceStanding.InForce, state.Standing);
    }

    /// <summary>Ways to be given B's rows by objects of one's own. Each ends in a count of foreign rows.</summary>
    private static readonly (string Name, string[] Before, string Count)[] Traps =
    [
        ("a cheap function of one's own", ["CREATE FUNCTION pg_temp.leak(uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'leaked %', $1; RETURN true; END $$"], "SELECT count(*) FROM mnfst_admin.messages WHERE pg_temp.leak(id) AND tenant_id <> '{A}'"),
        ("a cheap function over documents", ["CREATE FUNCTION pg_temp.leak(uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'leaked %', $1; RETURN true; END $$"], "SELECT count(*) FROM mnfst_admin.documents WHERE pg_temp.leak(id) AND tenant_id <> '{A}'"),
        ("an operator of one's own", ["CREATE FUNCTION pg_temp.leak(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'leaked %', md5('m' || 'x'); RETURN true; END $$", "CREATE OPERATOR pg_temp.<<< (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_temp.leak)"], "SELECT count(*) FROM mnfst_admin.users WHERE email OPERATOR(pg_temp.<<<) 'x' AND tenant_id <> '{A}'"),
        ("a table that shadows users", ["CREATE TEMP TABLE users AS SELECT id, '{A}'::uuid AS tenant_id FROM unnest(ARRAY(SELECT md5('ub' || n)::uuid FROM generate_series(1, 3) n)) id", "SET LOCAL search_path = pg_temp, public"], "SELECT count(*) FROM mnfst_admin.sessions WHERE tenant_id <> '{A}'"),
        ("tables that shadow what search joins", ["CREATE TEMP TABLE users AS SELECT md5('ub' || n)::uuid AS id, '{A}'::uuid AS tenant_id FROM generate_series(1, 3) n", "CREATE TEMP TABLE chats AS SELECT md5('cb')::uuid AS id, '{A}'::uuid AS tenant_id", "SET LOCAL search_path = pg_temp, public"], "SELECT count(*) FROM mnfst_admin.search_messages('heliotrope', 100)"),
        ("a current_setting of one's own", ["CREATE FUNCTION pg_temp.current_setting(text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT '{B}' $$", "SET LOCAL search_path = pg_temp, pg_catalog"], "SELECT count(*) FROM mnfst_admin.documents WHERE tenant_id <> '{A}'"),
        ("a to_tsvector of one's own", ["CREATE FUNCTION pg_temp.to_tsvector(regconfig, text) RETURNS tsvector LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'leaked'; RETURN ''; END $$", "SET LOCAL search_path = pg_temp, pg_catalog"], "SELECT count(*) FROM mnfst_admin.search_messages('heliotrope', 100)"),
        ("a cast that fails", [], "SELECT count(*) FROM mnfst_admin.documents WHERE tenant_id <> '{A}' AND original_name::int > 0"),
        ("a view of one's own", ["CREATE TEMP VIEW mine AS SELECT * FROM mnfst_admin.messages"], "SELECT count(*) FROM pg_temp.mine WHERE tenant_id <> '{A}'"),
        ("a prepared statement of another tenant's time", ["SELECT set_config('mnfst_admin.tenant_id', '{B}', true)", "PREPARE theirs AS SELECT count(*) FROM mnfst_admin.messages WHERE tenant_id <> '{A}'", "EXECUTE theirs", "EXECUTE theirs", "EXECUTE theirs", "EXECUTE theirs", "EXECUTE theirs", "EXECUTE theirs", "EXECUTE theirs", "SELECT set_config('mnfst_admin.tenant_id', '{A}', true)"], "EXECUTE theirs"),
        ("words with quotes", [], "SELECT count(*) FROM mnfst_admin.search_documents('x'' OR true --', 100)"),
        ("words with wildcards", [], "SELECT count(*) FROM mnfst_admin.search_documents('%heliotrope%', 100)"),
        ("words that negate", [], "SELECT count(*) FROM mnfst_admin.search_messages('-marigold', 100)"),
        ("words that are nothing", [], "SELECT count(*) FROM mnfst_admin.search_messages('', 100)"),
        ("no words", [], "SELECT count(*) FROM mnfst_admin.search_messages(NULL, 100)"),
        ("more than may be had", [], "SELECT count(*) FROM mnfst_admin.search_messages('heliotrope', 2147483647)"),
        ("a crossed session", [], "SELECT count(*) FROM mnfst_admin.sessions WHERE id IN (md5('crossed')::uuid, md5('crossed back')::uuid)"),
        ("a crossed session's message", [], "SELECT count(*) FROM mnfst_admin.messages WHERE id = md5('m crossed')::uuid"),
        ("a superadmin", [], "SELECT count(*) FROM mnfst_admin.users WHERE tenant_id IS NULL OR role = 'superadmin'"),
        ("an orphan", [], "SELECT count(*) FROM mnfst_admin.documents WHERE id = md5('orphan')::uuid"),
        ("a recursion", [], "WITH RECURSIVE r AS (SELECT id, tenant_id FROM mnfst_admin.users UNION SELECT u.id, u.tenant_id FROM mnfst_admin.users u JOIN r ON true) SELECT count(*) FROM r WHERE tenant_id <> '{A}'"),
        ("a lateral join", [], "SELECT count(*) FROM mnfst_admin.tenants t CROSS JOIN LATERAL (SELECT * FROM mnfst_admin.documents d) x WHERE x.tenant_id <> t.id"),
        ("a cursor", ["DECLARE mine CURSOR FOR SELECT count(*) FROM mnfst_admin.messages WHERE tenant_id <> '{A}'"], "FETCH mine"),
        ("a session's setting", ["SET SESSION mnfst_admin.tenant_id = '{B}'", "SELECT set_config('mnfst_admin.tenant_id', '{A}', true)"], "SELECT count(*) FROM mnfst_admin.documents WHERE tenant_id <> '{A}'"),
    ];

    [Theory, MemberData(nameof(FenceScriptTests.Everywhere), MemberType = typeof(FenceScriptTests))]
    public async Task No_object_or_word_of_ones_own_gives_a_foreign_row(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(major, shape);
        await using var session = await fenced.OpenAsReaderAsync();
        var told = new List<string>();
        session.Notice += (_, notice) => told.Add(notice.Notice.MessageText);
        var foreign = (await session.RowsAsync("SELECT md5(k || n)::uuid::text FROM unnest(ARRAY['ub', 'db', 'sb', 'mb', 'lb']) k, generate_series(1, 9) n")).Select(row => (string)row[0]!).ToHashSet();

        foreach (var (name, before, count) in Traps)
        {
            await using var transaction = await session.BeginTransactionAsync();
            await NameAsync(session, ProductSamples.TenantA);
            foreach (var one in before)
            {
                await session.RunAsync(Filled(one));
            }

            Assert.True(await session.AskAsync<long>(Filled(count)) == 0, name);
        }

        Assert.DoesNotContain(told, line => foreign.Any(id => line.Contains(id, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ProductShape.Migrations, false)]
    [InlineData(ProductShape.Guide, false)]
    [InlineData(ProductShape.Migrations, true)]
    [InlineData(ProductShape.Guide, true)]
    public async Task Tenants_that_share_one_connection_never_see_each_others_rows(ProductShape shape, bool bounced)
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, shape);
        await using var bouncer = bounced ? await BounceAsync(fenced) : null;
        var url = bouncer is null ? fenced.Fence : DatabaseUrl.Parse(bouncer.Url(fenced.Database.Name)).Url!;
        await using var reads = new TenantReads(url, pooler: true, connections: bounced ? 8 : 1, statementTimeout: TimeSpan.FromSeconds(30));
        var role = await AskAsync(reads, null, "SELECT (current_user = session_user)::int::bigint FROM pg_roles WHERE rolname = current_user AND NOT rolsuper");

        // A dozen at once want the one connection: as many as wait for it within its limit on a machine that has other things to do.
        using var atOnce = new SemaphoreSlim(12);
        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(async turn =>
        {
            await atOnce.WaitAsync();
            using var place = new Place(atOnce);
            var tenant = (turn % 3) switch { 0 => ProductSamples.TenantA, 1 => ProductSamples.TenantB, _ => (Guid?)null };
            var own = await AskAsync(reads, tenant, "SELECT count(*) FROM mnfst_admin.messages");
            var foreign = await AskAsync(reads, tenant, $"SELECT count(*) FROM mnfst_admin.messages WHERE tenant_id IS DISTINCT FROM {(tenant is null ? "NULL" : $"'{tenant}'")}");
            var found = await AskAsync(reads, tenant, "SELECT count(*) FROM mnfst_admin.search_messages('heliotrope', 100)");
            return (tenant, own, foreign, found);
        }));

        Assert.Equal(1L, role);
        Assert.All(answers, answer => Assert.Equal(
            (answer.tenant is null ? 0L : 9L, 0L, answer.tenant == ProductSamples.TenantB ? 9L : 0L),
            (answer.own, answer.foreign, answer.found)));
    }

    [Fact]
    public async Task A_read_that_failed_was_abandoned_or_committed_leaves_no_tenant_behind()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await using var reads = new TenantReads(fenced.Fence, connections: 1);

        for (var turn = 0; turn < 3; turn++)
        {
            await using (var failing = await reads.BeginAsync(ProductSamples.TenantB, CancellationToken.None))
            {
                await using var command = failing.Command("SELECT 1 / 0");
                await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync());
            }

            Assert.Equal(0L, await AskAsync(reads, null, "SELECT count(*) FROM mnfst_admin.documents"));
            await using (var committing = await reads.BeginAsync(ProductSamples.TenantB, CancellationToken.None))
            {
                await using var command = committing.Command("COMMIT");
                await command.ExecuteNonQueryAsync();
            }

            Assert.Equal(0L, await AskAsync(reads, null, "SELECT count(*) FROM mnfst_admin.documents"));
            Assert.Equal(5L, await AskAsync(reads, ProductSamples.TenantA, "SELECT count(*) FROM mnfst_admin.documents"));
        }
    }

    private sealed class Place(SemaphoreSlim of) : IDisposable
    {
        public void Dispose() => of.Release();
    }

    /// <summary>One server connection for all clients, as the fence's role.</summary>
    private static Task<PgBouncer> BounceAsync(Fenced fenced) =>
        PgBouncer.StartAsync(fenced.Database.Server, "transaction", ignoresOptions: true, "default_pool_size = 1", role: fenced.Reader);

    private static async Task<long> AskAsync(TenantReads reads, Guid? tenant, string sql)
    {
        await using var transaction = await reads.BeginAsync(tenant, CancellationToken.None);
        await using var command = transaction.Command(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task NameAsync(NpgsqlConnection session, Guid tenant) => await session.RunAsync($"SELECT set_config('{FenceNames.TenantSetting}', '{tenant}', true)");

    private static async Task RunAllAsync(NpgsqlConnection session, string sql)
    {
        if (sql.StartsWith("COPY", StringComparison.Ordinal) && sql.EndsWith("STDOUT", StringComparison.Ordinal))
        {
            using var copied = await session.BeginTextExportAsync(sql);
            return;
        }

        await session.RunAsync(sql);
    }

    private static string Filled(string text) => text
        .Replace("{A}", ProductSamples.TenantA.ToString(), StringComparison.Ordinal)
        .Replace("{B}", ProductSamples.TenantB.ToString(), StringComparison.Ordinal);
}
