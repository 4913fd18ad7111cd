using MnfstRag.Postgres.Validating;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Validating.Live;

/// <summary>One server whose certificate the tests change, one after the other.</summary>
public sealed class LiveTlsTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TlsAuthority _authority = new();
    private PostgresServer _server = null!;

    public async Task InitializeAsync() => _server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Every_kind_of_certificate_gets_its_verdict()
    {
        await None();
        await TlsAuthority.InstallAsync(_server, _authority.Issue("localhost", Now.AddDays(-1), Now.AddDays(90)));
        await Valid();
        await ClearPasswordInsideVerifiedTls();
        await TlsAuthority.InstallAsync(_server, _authority.Issue("localhost", Now.AddDays(-1), Now.AddDays(10)));
        (await RunAsync("verify-full")).Of("live-certificate", FindingLevel.Warning);
        await TlsAuthority.InstallAsync(_server, _authority.Issue("localhost", Now.AddDays(-60), Now.AddDays(-30)));
        await Refused("expired", "verify-full", "verify-ca");
        await TlsAuthority.InstallAsync(_server, _authority.Issue("db.other.example", Now.AddDays(-1), Now.AddDays(90)));
        await Refused("another host", "verify-full");
        (await RunAsync("verify-ca")).AssertNoErrors();
        await TlsAuthority.InstallAsync(_server, _authority.Issue("localhost", Now.AddDays(-1), Now.AddDays(90), selfSigned: true));
        await Refused("signed itself", "verify-full", "verify-ca");
        var required = await RunAsync("require", authority: false);
        required.AssertNoErrors();
        Assert.Contains("signed itself", required.Of("live-certificate", FindingLevel.Warning).Message, StringComparison.Ordinal);
        Assert.Contains("is encrypted with TLSv1.3", required.Of("live-session-tls", FindingLevel.Note).Message, StringComparison.Ordinal);
    }

    private async Task None()
    {
        var demanded = await RunAsync("require", authority: false);
        Assert.Contains("offers no TLS", demanded.Of("live-tls", FindingLevel.Error).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(demanded, finding => finding.Rule == "live-sign-in");
        var preferred = await RunAsync("prefer", authority: false);
        preferred.AssertNoErrors();
        Assert.Contains("not encrypted", preferred.Of("live-session-tls", FindingLevel.Warning).Message, StringComparison.Ordinal);
    }

    private async Task Valid()
    {
        var findings = await RunAsync("verify-full");
        findings.AssertNoErrors();
        Assert.Contains("TLS 1.3 with TLS_", findings.Of("live-tls", FindingLevel.Note).Message, StringComparison.Ordinal);
        Assert.Contains("89 more days", findings.Of("live-certificate", FindingLevel.Note).Message, StringComparison.Ordinal);
        Assert.Contains("is encrypted with TLSv1.3", findings.Of("live-session-tls", FindingLevel.Note).Message, StringComparison.Ordinal);
        foreach (var rule in new[] { "live-dns", "live-tcp", "live-sign-in", "live-database", "live-version", "live-recovery", "live-latency", "live-pooler" })
        {
            findings.Of(rule, FindingLevel.Note);
        }

        var unsigned = await RunAsync("verify-full", authority: false, keys: $"DB_SSL_CA_PATH={_authority.File("other.pem", _authority.Issue("x", Now, Now.AddDays(9), selfSigned: true).Certificate)}\n");
        Assert.Contains("not signed by an authority", unsigned.Of("live-certificate", FindingLevel.Error).Message, StringComparison.Ordinal);
        var missing = await RunAsync("verify-full", authority: false, keys: "DB_SSL_CA_PATH=/no/such/ca.pem\n");
        Assert.Equal("DB_SSL_CA_PATH", missing.Of("live-files", FindingLevel.Error).Key);
    }

    /// <summary>A server that wants the password itself gets it only where nobody else can read along.</summary>
    private async Task ClearPasswordInsideVerifiedTls()
    {
        await TlsAuthority.WriteAsync(_server, "pg_hba.conf", "local all all trust\nhost all clear_user all password\nhost all md5_user all md5\nhost all all all scram-sha-256");
        await _server.ExecuteAsync("CREATE ROLE clear_user LOGIN PASSWORD 'Qx71-clear'; SET password_encryption = 'md5'; CREATE ROLE md5_user LOGIN PASSWORD 'Qx71-md5'");
        await _server.ReloadAsync();

        (await RunAsync("verify-full", login: "clear_user:Qx71-clear")).Of("live-sign-in", FindingLevel.Note);
        Assert.Contains("The password was not sent", (await RunAsync("disable", login: "clear_user:Qx71-clear")).Of("live-sign-in", FindingLevel.Error).Message, StringComparison.Ordinal);
        Assert.Contains("The password was not sent", (await RunAsync("require", authority: false, login: "clear_user:Qx71-clear")).Of("live-sign-in", FindingLevel.Error).Message, StringComparison.Ordinal);
        (await RunAsync("verify-full", login: "md5_user:Qx71-md5")).Of("live-sign-in", FindingLevel.Note);
        var wrong = (await RunAsync("verify-full", login: "md5_user:Qx71-wrong")).Of("live-sign-in", FindingLevel.Error);
        Assert.Contains("28P01", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Qx71", wrong.Message + wrong.Remedy, StringComparison.Ordinal);
    }

    private async Task Refused(string words, params string[] modes)
    {
        foreach (var mode in modes)
        {
            var findings = await RunAsync(mode);
            Assert.Contains(words, findings.Of("live-certificate", FindingLevel.Error).Message, StringComparison.Ordinal);
            Assert.DoesNotContain(findings, finding => finding.Rule is "live-sign-in" or "live-session-tls");
        }
    }

    private Task<IReadOnlyList<Finding>> RunAsync(string mode, bool authority = true, string? login = null, string keys = "")
    {
        var superuser = new NpgsqlConnectionStringBuilder(_server.ConnectionString());
        var url = $"postgresql://{login ?? $"{superuser.Username}:{superuser.Password}"}@localhost:{_server.Port}/postgres?sslmode={mode}{(authority ? $"&sslrootcert={_authority.CertificateFile}" : "")}";
        return LiveChecks.RunAsync($"DATABASE_URL={url}\n{keys}", "production");
    }
}
