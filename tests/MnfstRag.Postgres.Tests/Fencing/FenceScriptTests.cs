using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Fencing;

public sealed class FenceScriptTests
{
    public static TheoryData<int, ProductShape> Everywhere()
    {
        var all = new TheoryData<int, ProductShape>();
        foreach (var major in PostgresVersions.All)
        {
            all.Add(major, ProductShape.Migrations);
            all.Add(major, ProductShape.Guide);
        }

        return all;
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task The_products_owner_builds_it_anew_and_removes_it_without_a_trace(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.ProductAsync(major, shape);
        var before = await FingerprintOfProductAsync(fenced);
        var absent = await fenced.Inspector.InspectAsync(CancellationToken.None);

        var first = await fenced.ApplyAsync();
        var built = await fenced.Inspector.InspectAsync(CancellationToken.None);
        var second = await fenced.ApplyAsync();
        var again = await fenced.Inspector.InspectAsync(CancellationToken.None);
        var removed = await fenced.RemoveAsync();
        var gone = await fenced.Inspector.InspectAsync(CancellationToken.None);

        Assert.Equal((FenceStanding.Absent, shape), (absent.Standing, absent.Product!.Shape));
        Assert.True(first.Done, first.Words);
        Assert.True(built.Standing == FenceStanding.InForce && built.Holds, built.Words);
        Assert.Empty(built.Faults);
        Assert.Equal(fenced.Maintainer.Name, built.BuiltBy);
        Assert.True(second.Done, second.Words);
        Assert.Equal(FenceStanding.InForce, again.Standing);
        Assert.True(removed.Done, removed.Words);
        Assert.Equal(FenceStanding.Absent, gone.Standing);
        Assert.Equal(before, await FingerprintOfProductAsync(fenced));
        Assert.Equal(0L, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM pg_roles WHERE rolname = '{fenced.Names.Owner}'"));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_superuser_builds_and_removes_it_too_and_a_reader_that_is_missing_is_made(int major)
    {
        await using var fenced = await Fenced.ProductAsync(major, ProductShape.Guide);
        var names = new FenceNames($"{fenced.Reader.Name}_new") { Owner = fenced.Names.Owner };
        var superuser = DatabaseUrl.Parse(fenced.Database.ConnectionString).Url!;
        var inspector = new FenceInspector(superuser, names, TimeProvider.System);

        var script = (await inspector.InspectAsync(CancellationToken.None)).Script!;
        var applied = await new FenceInstaller(superuser, TimeProvider.System).ApplyAsync(script, CancellationToken.None);
        var built = await inspector.InspectAsync(CancellationToken.None);
        var password = await fenced.Database.ScalarAsync<bool>($"SELECT rolpassword IS NOT NULL OR NOT rolcanlogin FROM pg_authid WHERE rolname = '{names.Reader}'");
        var removed = await new FenceInstaller(superuser, TimeProvider.System).ApplyAsync(FenceScript.Remove(names), CancellationToken.None);
        await fenced.Database.ExecuteAsync($"DROP ROLE \"{names.Reader}\"");

        Assert.True(applied.Done, applied.Words);
        Assert.Equal((FenceStanding.InForce, "postgres"), (built.Standing, built.BuiltBy));
        Assert.False(password);
        Assert.True(removed.Done, removed.Words);
    }

    /// <summary>Every table's rights, row level security and policies, and who is a member of whom.</summary>
    private static Task<string?> FingerprintOfProductAsync(Fenced fenced) => fenced.Database.ScalarAsync<string>($"""
        SELECT string_agg(x.line, E'\n' ORDER BY x.line) FROM (
          SELECT concat_ws('|', c.relname, coalesce(c.relacl, acldefault('r', c.relowner))::text, c.relrowsecurity, c.relforcerowsecurity, c.relowner::regrole) AS line FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
          UNION ALL SELECT concat_ws('|', a.attrelid::regclass, a.attname, a.attacl::text) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND a.attacl IS NOT NULL AND a.attacl <> ARRAY[]::aclitem[]
          UNION ALL SELECT concat_ws('|', p.polrelid::regclass, p.polname, p.polroles::text) FROM pg_policy p
          UNION ALL SELECT concat_ws('|', n.nspname, CASE n.nspname WHEN 'public' THEN (SELECT string_agg(a::text, ',') FROM unnest(n.nspacl) a WHERE a::text !~ 'fence') END) FROM pg_namespace n WHERE n.nspname !~ '^pg_'
          UNION ALL SELECT concat_ws('|', m.roleid::regrole, m.member::regrole) FROM pg_auth_members m WHERE m.member::regrole::text ~ '{fenced.Reader.Name}$|{fenced.Maintainer.Name}$'
        ) AS x
        """);
}
