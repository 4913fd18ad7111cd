using System.Security.Cryptography;
using MnfstRag.Postgres.Validating;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Validating.Live;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TlsFilesProbeTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TlsAuthority _authority = new();
    private readonly string _outside = Directory.CreateTempSubdirectory("outside").FullName;

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    [Fact]
    public void A_certificate_and_its_own_key_are_fine()
    {
        var (certificate, key) = _authority.Issue("client", Now.AddDays(-1), Now.AddDays(90));

        using var files = Read(_authority.File("client.pem", certificate), _authority.File("client.key", key));

        Assert.NotNull(files.Client);
        Assert.All(files.Findings, finding => Assert.Equal(FindingLevel.Note, finding.Level));
    }

    [Fact]
    public void A_key_that_others_may_read_belongs_to_another_or_is_locked_is_an_error()
    {
        var (certificate, key) = _authority.Issue("client", Now.AddDays(-1), Now.AddDays(90));
        var certificateFile = _authority.File("client.pem", certificate);
        var open = _authority.File("open.key", key);
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var locked = other.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Equal(["DB_SSL_KEY_PATH"], Errors(certificateFile, open));
        Assert.Equal(["DB_SSL_CERT_PATH", "DB_SSL_KEY_PATH"], Errors(certificateFile, _authority.File("other.key", other.ExportPkcs8PrivateKeyPem())));
        Assert.Equal(["DB_SSL_KEY_PATH"], Errors(certificateFile, _authority.File("locked.key", locked)));
        Assert.Equal(["DB_SSL_CERT_PATH"], Errors(_authority.File("empty.pem", ""), _authority.File("own.key", key)));
        Assert.Equal(["DB_SSL_KEY_PATH"], Errors(certificateFile, "/no/such/key"));
    }

    [Fact]
    public void An_expired_client_certificate_is_an_error()
    {
        var (certificate, key) = _authority.Issue("client", Now.AddDays(-9), Now.AddDays(-1));

        Assert.Equal(["DB_SSL_CERT_PATH"], Errors(_authority.File("client.pem", certificate), _authority.File("client.key", key)));
    }

    [Theory]
    [InlineData("link.pem")]
    [InlineData("../../../../../../etc/hostname")]
    [InlineData("folder/target.pem")]
    public void A_path_that_leaves_the_folder_is_refused_after_links_are_resolved(string path)
    {
        var folder = Path.GetDirectoryName(_authority.CertificateFile)!;
        File.Copy(_authority.CertificateFile, Path.Combine(_outside, "target.pem"));
        File.CreateSymbolicLink(Path.Combine(folder, "link.pem"), Path.Combine(_outside, "target.pem"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "folder"), _outside);
        var options = new LiveOptions { Directory = folder, ConfinedTo = folder };

        using var outside = Probe("DB_SSL_CA_PATH", path, options);
        using var inside = Probe("DB_SSL_CA_PATH", "ca.pem", options);

        Assert.Null(outside.Authorities);
        Assert.Contains("outside the folder", Assert.Single(outside.Findings).Message, StringComparison.Ordinal);
        Assert.NotNull(inside.Authorities);
    }

    private static TlsFiles Probe(string key, string path, LiveOptions options)
    {
        var settings = new EnvironmentSettings("production", EnvFile.Parse($"{key}={path}\nDATABASE_URL=postgresql://u:p@h/d?sslmode=verify-full"));
        return new TlsFilesProbe(settings, options, TimeProvider.System).Read(TlsWish.Of(settings.Url!, settings));
    }

    private static TlsFiles Read(string certificate, string key)
    {
        var settings = new EnvironmentSettings("production", EnvFile.Parse($"DB_SSL_CERT_PATH={certificate}\nDB_SSL_KEY_PATH={key}\nDATABASE_URL=postgresql://u:p@h/d"));
        return new TlsFilesProbe(settings, new LiveOptions(), TimeProvider.System).Read(TlsWish.Of(settings.Url!, settings));
    }

    private static IEnumerable<string> Errors(string certificate, string key)
    {
        using var files = Read(certificate, key);
        return [.. files.Findings.Where(finding => finding.Level == FindingLevel.Error).Select(finding => finding.Key).Order(StringComparer.Ordinal)];
    }
}
