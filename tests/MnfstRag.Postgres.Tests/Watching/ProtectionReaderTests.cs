using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

/// <summary>Row security, roles and encrypted sessions, as a server has them.</summary>
public sealed class ProtectionReaderTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task It_tells_row_security_and_what_roles_may_do(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsync("asker");
        var suffix = Guid.NewGuid().ToString("N")[..8];
        var (owner, free) = ($"owner_{suffix}", $"free_{suffix}");
        try
        {
            await asker.RunAsync($"CREATE ROLE {owner} LOGIN CREATEDB");
            await asker.RunAsync($"CREATE ROLE {free} LOGIN BYPASSRLS CREATEROLE");
            await asker.RunAsync("CREATE TABLE public.users (id int); ALTER TABLE public.users ENABLE ROW LEVEL SECURITY; ALTER TABLE public.users FORCE ROW LEVEL SECURITY; CREATE POLICY p ON public.users USING (true)");
            await asker.RunAsync($"CREATE TABLE public.documents (id int); ALTER TABLE public.documents OWNER TO {owner}");

            var reading = await watched.ReadAsync(ProtectionReader.Instance);

            Assert.Equal([new RowSecurity("documents", false, false, 0), new RowSecurity("users", true, true, 1)], reading.Tables);
            Assert.Equal(new RolePowers(owner, false, false, false, true, true), reading.Roles[owner]);
            Assert.Equal(new RolePowers(free, false, true, true, false, false), reading.Roles[free]);
            Assert.False(reading.ServerOffersTls);
            Assert.Equal(kind != WatchingRole.Bare, reading.PlainSessions is > 0);
            Assert.Equal(kind == WatchingRole.Bare ? null : 0, reading.EncryptedSessions);
        }
        finally
        {
            await asker.RunAsync("DROP TABLE IF EXISTS public.users, public.documents");
            await asker.RunAsync($"DROP ROLE IF EXISTS {owner}, {free}");
        }
    }
}
