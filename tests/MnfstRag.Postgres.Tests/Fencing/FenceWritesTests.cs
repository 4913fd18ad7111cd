using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Fencing;

/// <summary>What the fence writes is written for the named tenant alone, through it alone.</summary>
public sealed class FenceWritesTests
{
    public static TheoryData<int, ProductShape> Ends() => new()
    {
        { 14, ProductShape.Migrations }, { 14, ProductShape.Guide }, { PostgresVersions.Newest, ProductShape.Migrations }, { PostgresVersions.Newest, ProductShape.Guide },
    };

    [Theory, MemberData(nameof(Ends))]
    public async Task A_status_is_set_on_own_documents_that_have_the_expected_one(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(major, shape);
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        const string Everything = "ARRAY(SELECT md5('d' || t || n)::uuid FROM unnest(ARRAY['a', 'b']) t, generate_series(1, 5) n)";

        Assert.Equal(0, await SetAsync(reads, ProductSamples.TenantA, Everything, "'processed'", "uploaded"));
        Assert.Equal(0, await SetAsync(reads, ProductSamples.TenantA, Everything, "'nonsense'", "uploaded"));
        Assert.Equal(0, await SetAsync(reads, ProductSamples.TenantA, Everything, "'error'", "nonsense"));
        Assert.Equal(0, await SetAsync(reads, ProductSamples.TenantA, Everything, "NULL", "error"));
        Assert.Equal(5, await SetAsync(reads, ProductSamples.TenantA, Everything, "'error'", "uploaded"));
        Assert.Equal(0, await SetAsync(reads, ProductSamples.TenantA, Everything, "'error'", "uploaded"));
        Assert.Equal("error 5|uploaded 5", await fenced.Database.ScalarAsync<string>("""
            SELECT string_agg(s.status || ' ' || s.n, '|' ORDER BY s.status) FROM (SELECT lower(status::text) AS status, count(*) AS n FROM documents WHERE original_name <> 'orphan' GROUP BY 1) s
            """));
        Assert.Equal(5L, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE tenant_id = '{ProductSamples.TenantA}' AND error IS NULL AND processed_at IS NULL AND abs(extract(epoch FROM updated_at - {(shape == ProductShape.Migrations ? "now() AT TIME ZONE 'UTC'" : "now()")})) < 60"));
        Assert.Equal(5L, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE tenant_id = '{ProductSamples.TenantB}' AND error = 'no text'"));

        var tooMany = await Assert.ThrowsAsync<PostgresException>(() => SetAsync(reads, ProductSamples.TenantA, "ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 1001))", "NULL", "uploaded"));
        Assert.Equal(PostgresErrorCodes.ProgramLimitExceeded, tooMany.SqlState);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Records_are_imported_all_or_none_or_the_good_ones(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(major, shape);
        await using var reads = new TenantReads(fenced.Fence, connections: 1);

        var strict = await Assert.ThrowsAsync<PostgresException>(() => ImportAsync(reads, skip: false));
        Assert.Equal(5L, await OwnAsync());
        var (made, faults) = await ImportAsync(reads, skip: true);

        Assert.Equal(PostgresErrorCodes.DataException, strict.SqlState);
        Assert.Equal(2, made);
        Assert.Equal("3 none|4 none", string.Join('|', faults));
        Assert.Equal(7L, await OwnAsync());
        Assert.Equal(2L, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE original_name LIKE 'imported%' AND tenant_id = '{ProductSamples.TenantA}' AND user_id = md5('ua2')::uuid AND lower(status::text) = 'processed'"));
        Assert.Equal(1L, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE original_name = 'imported 1' AND {(shape == ProductShape.Migrations ? "created_at" : "created_at AT TIME ZONE 'UTC'")} = '2024-05-01 10:00:00'"));
        Assert.Equal(0L, await fenced.Database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'mnfst_admin_import'"));

        Task<long> OwnAsync() => fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE tenant_id = '{ProductSamples.TenantA}'");
    }

    [Fact]
    public async Task Where_nobody_may_make_temporary_tables_the_fence_asks_for_the_right_and_gives_it_back()
    {
        await using var fenced = await Fenced.ProductAsync(PostgresVersions.Newest, ProductShape.Guide);
        await fenced.Database.ExecuteAsync($"REVOKE ALL ON DATABASE \"{fenced.Database.Name}\" FROM PUBLIC; GRANT CONNECT ON DATABASE \"{fenced.Database.Name}\" TO \"{fenced.Reader.Name}\", \"{fenced.Maintainer.Name}\"");
        var applied = await fenced.ApplyAsync();
        await using var reads = new TenantReads(fenced.Fence, connections: 1);

        var (made, _) = await ImportAsync(reads, skip: true);
        var proof = await fenced.ProveAsync();
        var removed = await fenced.RemoveAsync();

        Assert.True(applied.Done, applied.Words);
        Assert.Equal((2, FenceVerdict.Held), (made, proof.Verdict));
        Assert.True(removed.Done, removed.Words);
        Assert.Equal(0L, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = current_database() AND a.grantee::regrole::text ~ 'fence'"));
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Writing_needs_the_functions_and_rights_that_nobody_gave_break_the_fence(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(major, shape);
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        await using (var reading = await reads.BeginAsync(ProductSamples.TenantA, CancellationToken.None))
        {
            await using var command = reading.Command("SELECT count(*) FROM mnfst_admin.set_document_status(ARRAY[md5('da1')::uuid], NULL, 'uploaded')");
            Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync())).SqlState);
        }

        await using (var peeking = await reads.BeginWritingAsync(ProductSamples.TenantA, CancellationToken.None))
        {
            await using var begin = peeking.Command("SELECT mnfst_admin.begin_import()");
            await begin.ExecuteNonQueryAsync();
            await using var peek = peeking.Command("SELECT count(*) FROM pg_temp.mnfst_admin_import");
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => peek.ExecuteScalarAsync())).SqlState);
        }

        foreach (var (change, undo, subject) in new[]
        {
            ("GRANT UPDATE (tenant_id) ON documents TO {owner}", "REVOKE UPDATE (tenant_id) ON documents FROM {owner}", "documents.tenant_id the fence's owner may write what no function writes"),
            ("GRANT DELETE ON messages TO {owner}", "REVOKE DELETE ON messages FROM {owner}", "messages the fence's owner may do more with it than the fence needs"),
            ("GRANT INSERT (content) ON messages TO {owner}", "REVOKE INSERT (content) ON messages FROM {owner}", "messages.content the fence's owner may write what no function writes"),
            ("GRANT EXECUTE ON FUNCTION mnfst_admin.oversee_tenants(text, text, uuid, integer) TO {reader}", "REVOKE EXECUTE ON FUNCTION mnfst_admin.oversee_tenants(text, text, uuid, integer) FROM {reader}", "on oversee_tenants: EXECUTE has a right in the fence"),
            ("GRANT SELECT ON mnfst_admin.documents TO {overseer}", "REVOKE SELECT ON mnfst_admin.documents FROM {overseer}", "on documents: SELECT has a right in the fence"),
            ("GRANT {overseer} TO {reader}", "REVOKE {overseer} FROM {reader}", "has the rights of the role that looks over all tenants"),
            ("CREATE POLICY mnfst_wide ON documents FOR UPDATE TO {owner} USING (true) WITH CHECK (true)", "DROP POLICY mnfst_wide ON documents", "gives more than the fence's owner its rows"),
        })
        {
            await fenced.Database.ExecuteAsync(Filled(change));
            var state = await fenced.Inspector.InspectAsync(CancellationToken.None);
            Assert.True(state.Standing == FenceStanding.Broken && state.Words.Contains(subject, StringComparison.Ordinal), $"{change}: {state.Words}");
            await fenced.Database.ExecuteAsync(Filled(undo));
        }

        Assert.Equal(FenceStanding.InForce, (await fenced.Inspector.InspectAsync(CancellationToken.None)).Standing);

        string Filled(string text) => text.Replace("{owner}", $"\"{fenced.Names.Owner}\"", StringComparison.Ordinal)
            .Replace("{reader}", $"\"{fenced.Reader.Name}\"", StringComparison.Ordinal).Replace("{overseer}", $"\"{fenced.Overseer.Name}\"", StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task The_overseer_sees_names_counts_and_identities_of_all_tenants_and_no_content(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(major, shape);
        await fenced.Database.ExecuteAsync("UPDATE documents SET status = lower('PROCESSING')::text, updated_at = now() - interval '3 hours' WHERE id = md5('da1')::uuid".Replace("lower('PROCESSING')::text", shape == ProductShape.Migrations ? "'PROCESSING'" : "'processing'", StringComparison.Ordinal));
        await using var oversight = new TenantOversight(fenced.Watch, fenced.Names);

        var all = await oversight.TenantsAsync(null, null, 10, CancellationToken.None);
        var second = await oversight.TenantsAsync(null, all[0], 10, CancellationToken.None);
        var found = await oversight.TenantsAsync("bo", null, 10, CancellationToken.None);
        var byId = await oversight.TenantsAsync(ProductSamples.TenantB.ToString().ToUpperInvariant(), null, 10, CancellationToken.None);
        var none = await oversight.TenantsAsync("%", null, 10, CancellationToken.None);
        var counts = await oversight.CountsAsync([ProductSamples.TenantA, ProductSamples.TenantB, Guid.NewGuid()], CancellationToken.None);
        var stuck = await oversight.OddityAsync("stuck_processing", 5, CancellationToken.None);
        var odd = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var kind in TenantOversight.Kinds)
        {
            odd[kind] = (await oversight.OddityAsync(kind, 5, CancellationToken.None)).Total;
        }

        Assert.Equal(["Ada", "Bob"], all.Select(one => one.Name));
        Assert.Equal("Bob", Assert.Single(second).Name);
        Assert.Equal("Bob", Assert.Single(found).Name);
        Assert.Equal("Bob", Assert.Single(byId).Name);
        Assert.Empty(none);
        Assert.Equal(new TenantCounts(ProductSamples.TenantA, 3, 5, 4, 1, 3), counts.Single(one => one.Id == ProductSamples.TenantA));
        Assert.Equal(new TenantCounts(ProductSamples.TenantB, 3, 5, 5, 0, 3), counts.Single(one => one.Id == ProductSamples.TenantB));
        Assert.Equal(ProductSamples.TenantA, Assert.Single(stuck.Examples).Tenant);
        Assert.InRange(stuck.Examples[0].Since!.Value, TimeProvider.System.GetUtcNow().AddHours(-4), TimeProvider.System.GetUtcNow().AddHours(-2));
        var orphans = shape == ProductShape.Migrations ? 1 : 0;
        Assert.Equal((orphans, orphans, 0L, 2 * orphans), (odd["document_without_tenant"], odd["document_without_user"], odd["document_of_foreign_user"], odd["session_disagrees"]));
        foreach (var forbidden in new[] { "SELECT count(*) FROM mnfst_admin.documents", "SELECT count(*) FROM public.documents", "SELECT count(*) FROM mnfst_admin.search_messages('a', 1)", "SELECT count(*) FROM mnfst_admin.page_documents('{}', 1)" })
        {
            await using var session = await fenced.Database.OpenAsync(fenced.Overseer);
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => session.RunAsync(forbidden))).SqlState);
        }
    }

    private static async Task<int> SetAsync(TenantReads reads, Guid tenant, string ids, string expected, string wanted)
    {
        await using var transaction = await reads.BeginWritingAsync(tenant, CancellationToken.None);
        await using var command = transaction.Command($"SELECT count(*) FROM mnfst_admin.set_document_status({ids}, {expected}, '{wanted}')");
        var changed = (long)(await command.ExecuteScalarAsync())!;
        await transaction.CommitAsync(CancellationToken.None);
        return (int)changed;
    }

    private static async Task<(long Made, IReadOnlyList<string> Faults)> ImportAsync(TenantReads reads, bool skip)
    {
        await using var transaction = await reads.BeginWritingAsync(ProductSamples.TenantA, CancellationToken.None);
        await using var begin = transaction.Command("SELECT mnfst_admin.begin_import()");
        await begin.ExecuteNonQueryAsync();
        await using (var copy = await transaction.Connection.BeginTextImportAsync("COPY pg_temp.mnfst_admin_import (line, filename, original_name, size, mime_type, status, uploader, created_at) FROM STDIN"))
        {
            await copy.WriteAsync("1\tf\timported 1\t10\ttext/plain\tprocessed\tA2@example.org\t2024-05-01T12:00:00+02:00\n2\tf\timported 2\t10\ttext/plain\tProcessed\ta2@example.org\t\\N\n");
            await copy.WriteAsync($"3\tf\timported 3\t10\ttext/plain\tprocessed\tb2@example.org\t\\N\n4\tf\timported 4\t10\ttext/plain\tprocessed\tnobody\t\\N\n");
        }

        await using var ask = transaction.Command("SELECT ARRAY(SELECT line || ' ' || fault FROM mnfst_admin.import_faults())");
        var faults = (string[])(await ask.ExecuteScalarAsync())!;
        await using var import = transaction.Command($"SELECT mnfst_admin.import_documents({(skip ? "true" : "false")})");
        var made = (long)(await import.ExecuteScalarAsync())!;
        await transaction.CommitAsync(CancellationToken.None);
        return (made, faults);
    }
}
