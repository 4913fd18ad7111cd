using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MnfstRag.Postgres.Checking;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>A server that speaks TLS with a certificate made here: what was negotiated is told, and how long the certificate lasts.</summary>
public sealed class TlsServerTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task The_session_and_the_days_left_are_told_on_each_version(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major);
        var role = await server.CreateRoleAsync();
        await UseAsync(server, days: 20);

        foreach (var address in new[] { server.ConnectionString(), server.ConnectionString("postgres", role) })
        {
            var encrypted = await Diagnosis.OneAsync(With(address, SslMode.Require), "tls");
            var plain = await Diagnosis.OneAsync(With(address, SslMode.Disable), "tls");

            Given.Is(Verdict.Warning, encrypted, "The session uses TLSv1.", "test-authority", "valid for 19 d 23 h more");
            Given.Is(Verdict.Warning, plain, "not encrypted", "does not leave this machine", "The server offers TLS", "valid for 19 d");
        }
    }

    [Fact]
    public async Task An_expired_certificate_is_the_cause_that_a_refused_sign_in_needs()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var authority = await UseAsync(server, days: -1);

        var report = await Diagnosis.OfAsync(With(server.ConnectionString(), SslMode.VerifyFull, authority), "sign-in", "tls");

        Given.Is(Verdict.Failing, report.Of("sign-in"), "certificate", "does not verify");
        Given.Is(Verdict.Failing, report.Of("tls"), "expired", "Renew the certificate");
    }

    [Fact]
    public async Task A_certificate_that_lasts_is_fine_and_one_about_to_end_is_not()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await UseAsync(server, days: 365);
        var lasting = await Diagnosis.OneAsync(With(server.ConnectionString(), SslMode.Require), "tls");
        await UseAsync(server, days: 3);
        var ending = await Diagnosis.OneAsync(With(server.ConnectionString(), SslMode.Require), "tls");

        Given.Is(Verdict.Ok, lasting, "TLSv1.3", "TLS_AES_");
        Given.Is(Verdict.Failing, ending, "valid for 2 d 23 h more");
    }

    private static string With(string address, SslMode mode, string? authority = null) =>
        new NpgsqlConnectionStringBuilder(address) { SslMode = mode, RootCertificate = authority }.ConnectionString;

    /// <summary>Makes a certificate, gives it to the server and switches TLS on; returns the path of the certificate.</summary>
    private static async Task<string> UseAsync(PostgresServer server, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test-authority", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(days));
        var path = Path.Combine(server.DataDirectory, "server.crt");
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem());
        await WriteKeyAsync(Path.Combine(server.DataDirectory, "server.key"), key, server);
        await server.ExecuteAsync("ALTER SYSTEM SET ssl = on");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await WaitForAsync(server, certificate);
        return path;
    }

    // The server reads its key only when nobody else can, and when it is its own or root's.
    private static async Task WriteKeyAsync(string path, ECDsa key, PostgresServer server)
    {
        await File.WriteAllTextAsync(path, key.ExportPkcs8PrivateKeyPem());
        using var chown = Process.Start("sh", ["-c", "chmod 600 \"$1\" && chown --reference \"$2\" \"$1\"", "own", path, Path.Combine(server.DataDirectory, "PG_VERSION")]);
        await chown.WaitForExitAsync();
    }

    private static async Task WaitForAsync(PostgresServer server, X509Certificate2 expected)
    {
        var host = MnfstRag.Postgres.Connecting.DatabaseUrl.Parse(server.ConnectionString()).Url!.Hosts[0];
        await Wait.UntilAsync(async over => (await TlsHandshake.WithAsync(host, over)).Certificate?.ValidUntil == new DateTimeOffset(expected.NotAfter));
    }
}
