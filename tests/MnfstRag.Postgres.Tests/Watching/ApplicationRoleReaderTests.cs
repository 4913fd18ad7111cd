using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

/// <summary>The product's role and its tables, as a server has them.</summary>
public sealed class ApplicationRoleReaderTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task It_tells_what_the_role_may_do_and_where_row_security_binds_it(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsync("mnfst-rag-backend");
        var role = $"it's \"{Guid.NewGuid().ToString("N")[..8]}\\";
        var quoted = SqlName.Of(role);
        try
        {
            await asker.RunAsync($"CREATE ROLE {quoted} LOGIN CREATEDB REPLICATION");
            await asker.RunAsync("CREATE TABLE public.users (id int); CREATE TABLE public.documents (id int); ALTER TABLE public.users ENABLE ROW LEVEL SECURITY");
            var plain = await watched.ReadAsync(new ApplicationRoleReader(role));
            await asker.RunAsync($"ALTER TABLE public.users OWNER TO {quoted}");
            var owner = await watched.ReadAsync(new ApplicationRoleReader(role));
            await asker.RunAsync("ALTER TABLE public.users FORCE ROW LEVEL SECURITY");
            var forced = await watched.ReadAsync(new ApplicationRoleReader(role));
            await asker.RunAsync($"ALTER ROLE {quoted} BYPASSRLS");
            var free = await watched.ReadAsync(new ApplicationRoleReader(role));

            Assert.Equal((true, "creates databases, replicates"), (plain.Exists, string.Join(", ", plain.TooMuch)));
            Assert.Equal((2, 1, 0L), (plain.TenantTables, plain.FencedTables, plain.OwnsTables));
            Assert.Equal([0, 1, 0, 1], new[] { plain, owner, forced, free }.Select(one => one.UnboundTables));
            Assert.Equal((1L, false, false), (owner.OwnsTables, (await watched.ReadAsync(new ApplicationRoleReader("nobody of this name"))).Exists, (await watched.ReadAsync(new ApplicationRoleReader(null))).Exists));
            Assert.Equal((true, kind == WatchingRole.Bare ? null : 0), (plain.Sessions >= 1, plain.Encrypted));
        }
        finally
        {
            await asker.RunAsync("DROP TABLE IF EXISTS public.users, public.documents");
            await asker.RunAsync($"DROP ROLE IF EXISTS {quoted}");
        }
    }
}
