using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Tests.Connecting;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Pooling;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConsoleTlsTests
{
    [SkippableTheory]
    [InlineData("require", false, "localhost", "asks for the password in clear")]
    [InlineData("verify-full", false, "localhost", "does not verify")]
    [InlineData("verify-full", true, "localhost", null)]
    [InlineData("verify-full", true, "another.example", "does not verify")]
    [InlineData("verify-ca", true, "another.example", null)]
    public async Task A_password_in_clear_goes_only_to_who_has_proven_itself(string mode, bool trusted, string named, string? fault)
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        using var authority = new TlsAuthority();
        var (certificate, key) = authority.Issue(named, TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        await using var bouncer = await PgBouncer.StartAsync(
            await PostgresServers.GetAsync(),
            "session",
            ignoresOptions: false,
            "auth_type = plain\nauth_file = {directory}/users.txt\nstats_users = watcher\nclient_tls_sslmode = require\nclient_tls_cert_file = {directory}/tls.crt\nclient_tls_key_file = {directory}/tls.key",
            new Dictionary<string, string> { ["users.txt"] = "\"watcher\" \"secret\"\n", ["tls.crt"] = certificate, ["tls.key"] = key });
        var host = new DatabaseHost("localhost", bouncer.Port);
        await using var console = new PgBouncerConsole(
            new PgBouncerAddress(host, "watcher", "secret", mode, trusted ? authority.CertificateFile : null),
            new ReachPolicy { Listed = new HashSet<string> { host.ToString() } },
            TimeSpan.FromSeconds(10),
            TimeProvider.System);

        var answer = await console.ReadAsync(CancellationToken.None);

        if (fault is null)
        {
            Assert.Null(answer.Fault);
            Assert.NotNull(answer.Value);
        }
        else
        {
            Assert.Contains(fault, answer.Fault, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task TLS_that_is_demanded_and_not_offered_ends_the_attempt()
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        await using var bouncer = await PgBouncer.StartAsync(await PostgresServers.GetAsync(), "session", ignoresOptions: false, "stats_users = watcher");
        var host = new DatabaseHost("127.0.0.1", bouncer.Port);
        await using var console = new PgBouncerConsole(
            new PgBouncerAddress(host, "watcher", null, "require", null), new ReachPolicy { Listed = new HashSet<string> { host.ToString() } }, TimeSpan.FromSeconds(10), TimeProvider.System);

        Assert.Contains("offers no TLS", (await console.ReadAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
    }
}
