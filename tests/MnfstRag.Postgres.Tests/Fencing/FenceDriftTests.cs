using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Fencing;

/// <summary>What becomes of a fence when the product, its owner or others change something around it.</summary>
public sealed class FenceDriftTests
{
    [Fact]
    public async Task Row_level_security_that_comes_later_breaks_it_until_it_is_built_anew()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await fenced.Database.ExecuteAsync("ALTER TABLE documents ENABLE ROW LEVEL SECURITY");

        var broken = await StateAsync(fenced);
        var applied = await fenced.ApplyAsync();
        var mended = await StateAsync(fenced);

        Assert.Equal((FenceStanding.Broken, false), (broken.Standing, broken.Holds));
        Assert.Contains("documents has row level security and no policy for the fence's owner", broken.Words, StringComparison.Ordinal);
        Assert.True(applied.Done, applied.Words);
        Assert.Equal(FenceStanding.InForce, mended.Standing);
        Assert.Equal(FenceVerdict.Held, (await fenced.ProveAsync()).Verdict);
    }

    [Fact]
    public async Task A_search_index_that_comes_later_asks_for_building_anew()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await fenced.Database.ExecuteAsync("CREATE INDEX any_name ON messages USING gin (to_tsvector('english', content))");

        var changed = await StateAsync(fenced);
        var applied = await fenced.ApplyAsync();

        Assert.Equal((FenceStanding.ProductChanged, false, "any_name"), (changed.Standing, changed.Holds, changed.Product!.Tables["messages"].SearchIndex));
        Assert.True(applied.Done, applied.Words);
        Assert.Equal(FenceVerdict.Held, (await fenced.ProveAsync()).Verdict);
    }

    [Fact]
    public async Task A_migration_that_takes_a_shown_column_needs_the_fence_removed_first_and_others_do_not()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await fenced.Database.ExecuteAsync("ALTER TABLE users ADD COLUMN phone varchar; ALTER TABLE users DROP COLUMN password_hash");
        var unaffected = await StateAsync(fenced);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => fenced.Database.ExecuteAsync("ALTER TABLE social_links DROP COLUMN url"));
        var removed = await fenced.RemoveAsync();
        await fenced.Database.ExecuteAsync("ALTER TABLE social_links DROP COLUMN url");
        var applied = await fenced.ApplyAsync();
        var without = await StateAsync(fenced);

        Assert.Equal(FenceStanding.InForce, unaffected.Standing);
        Assert.Equal("2BP01", refused.SqlState);
        Assert.True(removed.Done, removed.Words);
        Assert.True(applied.Done, applied.Words);
        Assert.Equal(FenceStanding.InForce, without.Standing);
        Assert.DoesNotContain("social_links", without.Product!.Tables.Keys);
    }

    /// <summary>What a migration of the product may do, how the fence stands at the next look, and what is said.</summary>
    [Theory]
    [InlineData("ALTER TABLE documents ADD COLUMN pages int; CREATE TABLE chunks (id uuid, document_id uuid)", FenceStanding.InForce, "holds")]
    [InlineData("DROP TABLE social_links CASCADE", FenceStanding.Altered, "somebody altered it")]
    [InlineData("CREATE TABLE copy AS SELECT * FROM documents; DROP TABLE documents CASCADE; ALTER TABLE copy RENAME TO documents", FenceStanding.Altered, "somebody altered it")]
    [InlineData("CREATE TABLE copy (LIKE documents INCLUDING ALL); ALTER TABLE documents RENAME TO old; ALTER TABLE copy RENAME TO documents", FenceStanding.Altered, "somebody altered it")]
    [InlineData("ALTER TABLE documents RENAME COLUMN original_name TO title", FenceStanding.NoProduct, "original_name")]
    [InlineData("ALTER TABLE users RENAME TO people", FenceStanding.NoProduct, "no table users")]
    [InlineData("CREATE SCHEMA archive; ALTER TABLE messages SET SCHEMA archive", FenceStanding.NoProduct, "no table messages")]
    [InlineData("ALTER TABLE documents ALTER COLUMN created_at DROP NOT NULL; ALTER TABLE messages ENABLE ROW LEVEL SECURITY", FenceStanding.Broken, "row level security")]
    public async Task After_a_migration_of_the_product_the_next_look_says_whether_the_fence_holds(string migration, FenceStanding standing, string words)
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await fenced.Database.ExecuteAsync(migration);

        var state = await StateAsync(fenced);

        Assert.Equal((standing, standing == FenceStanding.InForce), (state.Standing, state.Holds));
        Assert.Contains(words, state.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_the_fences_is_never_touched()
    {
        await using var fenced = await Fenced.ProductAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await fenced.Database.ExecuteAsync("CREATE SCHEMA mnfst_admin; CREATE TABLE mnfst_admin.theirs (id int)");

        var refused = await fenced.ApplyAsync();
        await fenced.Database.ExecuteAsync("DROP SCHEMA mnfst_admin CASCADE");
        var applied = await fenced.ApplyAsync();
        await fenced.Database.ExecuteAsync("CREATE VIEW public.on_top AS SELECT * FROM mnfst_admin.documents; CREATE TABLE public.mine (id int)");
        var built = await fenced.RemoveAsync();
        await fenced.Database.ExecuteAsync($"DROP VIEW public.on_top; ALTER TABLE public.mine OWNER TO \"{fenced.Names.Owner}\"");
        var owning = await fenced.RemoveAsync();

        Assert.Equal((false, "Nothing was changed. Schema mnfst_admin exists and is not the fence's."), (refused.Done, refused.Words));
        Assert.True(applied.Done, applied.Words);
        Assert.Equal((false, true), (built.Done, built.Words.Contains("built on it", StringComparison.Ordinal)));
        Assert.Equal((false, true), (owning.Done, owning.Words.Contains("owns more than the fence", StringComparison.Ordinal)));
        Assert.Equal(0L, await fenced.Database.ScalarAsync<long>("SELECT count(*) FROM public.mine"));
        await fenced.Database.ExecuteAsync("DROP TABLE public.mine");
    }

    [Fact]
    public async Task A_lock_that_somebody_holds_stops_it_within_seconds_and_nothing_is_changed()
    {
        await using var fenced = await Fenced.ProductAsync(PostgresVersions.Newest, ProductShape.Guide);
        await using var holder = await fenced.Database.OpenAsync();
        await holder.RunAsync("BEGIN; SELECT count(*) FROM messages");

        var refused = await fenced.ApplyAsync();

        Assert.Equal(false, refused.Done);
        Assert.StartsWith("Nothing was changed. Somebody holds a lock on one of the product's tables (55P03).", refused.Words, StringComparison.Ordinal);
        Assert.Equal(FenceStanding.Absent, (await StateAsync(fenced)).Standing);
        Assert.Equal(0L, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM pg_policy WHERE polname = 'mnfst_admin_fence'"));
        await holder.RunAsync("ROLLBACK");
        Assert.True((await fenced.ApplyAsync()).Done);
    }

    [Theory]
    [InlineData("GRANT SELECT ON documents TO \"{0}\"", "public.documents has rights on a table outside the fence")]
    [InlineData("ALTER ROLE \"{0}\" SUPERUSER", "may pass by row level security or make roles")]
    [InlineData("GRANT pg_monitor TO \"{0}\"", "is a member of another role")]
    [InlineData("CREATE TABLE theirs (id int); ALTER TABLE theirs OWNER TO \"{0}\"", "owns something")]
    public async Task A_fence_that_would_not_hold_is_not_left_behind(string change, string words)
    {
        await using var fenced = await Fenced.ProductAsync(PostgresVersions.Newest, ProductShape.Guide);
        await fenced.Database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, change, fenced.Reader.Name));

        var refused = await fenced.ApplyAsync();

        Assert.Equal(false, refused.Done);
        Assert.Contains(words, refused.Words, StringComparison.Ordinal);
        Assert.Equal(FenceStanding.Absent, (await StateAsync(fenced)).Standing);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Default_privileges_of_the_product_give_nobody_a_look_inside(int major)
    {
        await using var fenced = await Fenced.ProductAsync(major, ProductShape.Guide);
        await fenced.Database.ExecuteAsync($"""
            ALTER DEFAULT PRIVILEGES FOR ROLE "{fenced.Maintainer.Name}" GRANT ALL ON TABLES TO authenticated, PUBLIC;
            ALTER DEFAULT PRIVILEGES FOR ROLE "{fenced.Maintainer.Name}" GRANT ALL ON FUNCTIONS TO authenticated;
            """);

        var applied = await fenced.ApplyAsync();

        Assert.True(applied.Done, applied.Words);
        Assert.Equal(FenceStanding.InForce, (await StateAsync(fenced)).Standing);
        await fenced.Database.ExecuteAsync($"DROP OWNED BY \"{fenced.Maintainer.Name}\" CASCADE");
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task The_reviewed_text_is_what_runs_and_odd_names_are_names(int major)
    {
        await using var fenced = await Fenced.ProductAsync(major, ProductShape.Guide);
        var names = new FenceNames(fenced.Reader.Name) { Schema = "Od'd \"fence; 100%s", Owner = $"{fenced.Reader.Name} 'o\"wner;%" };
        await fenced.Database.ExecuteAsync("ALTER SCHEMA public RENAME TO \"Pro'duct %s; --\"");
        var inspector = new FenceInspector(fenced.Maintain, names, TimeProvider.System);
        var absent = await inspector.InspectAsync(CancellationToken.None);
        await using var owner = await fenced.Database.OpenAsync(fenced.Maintainer);

        await owner.RunAsync(absent.Script!.Text);
        var built = await inspector.InspectAsync(CancellationToken.None);
        await using var reads = new TenantReads(fenced.Fence, connections: 1);
        var proof = await new FenceSelfTest(reads, names, built.Product!, TimeProvider.System).RunAsync(ProductSamples.TenantA, ProductSamples.TenantB, CancellationToken.None);
        await owner.RunAsync(FenceScript.Remove(names).Text);

        Assert.Equal("Pro'duct %s; --", absent.Product!.Name);
        Assert.True(built.Standing == FenceStanding.InForce, built.Words);
        Assert.DoesNotContain(proof.Attempts, attempt => attempt.Verdict != FenceVerdict.Held);
        Assert.Equal(FenceStanding.Absent, (await inspector.InspectAsync(CancellationToken.None)).Standing);
        Assert.Throws<ArgumentException>(() => new FenceNames("a$fence$b"));
    }

    [Fact]
    public async Task Who_may_not_is_told_what_is_needed()
    {
        await using var fenced = await Fenced.ProductAsync(PostgresVersions.Newest, ProductShape.Migrations);
        var script = (await StateAsync(fenced)).Script!;

        var refused = await new FenceInstaller(fenced.Fence, TimeProvider.System).ApplyAsync(script, CancellationToken.None);
        var away = await new FenceInstaller(DatabaseUrl.Parse("postgresql://u:p@127.0.0.1:1/db").Url!, TimeProvider.System).ApplyAsync(script, CancellationToken.None);

        Assert.Equal((false, false), (refused.Done, away.Done));
        Assert.Contains("It must own the product's tables, and have CREATEROLE and CREATE on the database.", refused.Words, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was changed. Nothing listens at 127.0.0.1:1.", away.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_the_product_and_a_server_that_is_away_are_said_to_be_so()
    {
        await using var empty = await (await PostgresServers.GetAsync()).CreateDatabaseAsync();
        var names = new FenceNames("nobody");
        var nothing = await InspectAsync(empty.ConnectionString);
        await empty.ExecuteAsync("CREATE TABLE tenants (id uuid, name text); CREATE TABLE users (id uuid)");
        var part = await InspectAsync(empty.ConnectionString);
        var away = await InspectAsync("postgresql://u:p@127.0.0.1:1/db");

        Assert.Equal((FenceStanding.NoProduct, FenceStanding.NoProduct, FenceStanding.Unknown), (nothing.Standing, part.Standing, away.Standing));
        Assert.Contains("Table public.tenants has no column slug, created_at, updated_at.", part.Words, StringComparison.Ordinal);
        Assert.Contains("Schema public has no table messages.", part.Words, StringComparison.Ordinal);
        Assert.Contains("Nothing listens at 127.0.0.1:1.", away.Words, StringComparison.Ordinal);

        Task<FenceState> InspectAsync(string url) => new FenceInspector(DatabaseUrl.Parse(url).Url!, names, TimeProvider.System).InspectAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_function_of_the_product_that_runs_with_its_owners_rights_is_named()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Guide);
        await fenced.Database.ExecuteAsync("CREATE FUNCTION public.all_documents() RETURNS SETOF documents LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM documents'");

        var state = await StateAsync(fenced);
        var proof = await fenced.ProveAsync();

        var fault = Assert.Single(state.Faults);
        Assert.Equal(("public.all_documents()", false), (fault.Subject, fault.Breaks));
        Assert.Equal(FenceStanding.InForce, state.Standing);
        Assert.Equal(FenceVerdict.NotProven, proof.Verdict);
    }

    [Fact]
    public async Task A_policy_of_the_product_that_restricts_everybody_is_named()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Guide);
        await fenced.Database.ExecuteAsync("CREATE POLICY small ON documents AS RESTRICTIVE FOR SELECT USING (size < 10); CREATE POLICY wide ON documents USING (current_setting('app.nothing') = '')");

        var fault = Assert.Single((await StateAsync(fenced)).Faults);
        var proof = await fenced.ProveAsync();

        Assert.Equal(("policy small on documents", false), (fault.Subject, fault.Breaks));
        Assert.Equal(FenceVerdict.NotProven, proof.Verdict);
        Assert.DoesNotContain(proof.Attempts, attempt => attempt.Verdict == FenceVerdict.Broken);
    }

    private static Task<FenceState> StateAsync(Fenced fenced) => fenced.Inspector.InspectAsync(CancellationToken.None);
}
