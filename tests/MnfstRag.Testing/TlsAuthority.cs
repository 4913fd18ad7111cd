using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace MnfstRag.Testing;

/// <summary>A certificate authority of the test's own, and a server that shows what it signs.</summary>
public sealed class TlsAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly string _directory = Directory.CreateTempSubdirectory("authority").FullName;

    public TlsAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        CertificateFile = File("ca.pem", _certificate.ExportCertificatePem());
    }

    public string CertificateFile { get; }

    public string File(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        System.IO.File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <summary>Certificate and key in PEM form.</summary>
    public (string Certificate, string Key) Issue(string host, DateTimeOffset from, DateTimeOffset until, bool selfSigned = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = selfSigned ? request.CreateSelfSigned(from, until) : request.Create(_certificate, from, until, Guid.NewGuid().ToByteArray());
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Has the server show a certificate from now on.</summary>
    public static async Task InstallAsync(PostgresServer server, (string Certificate, string Key) pair)
    {
        await WriteAsync(server, "server.crt", pair.Certificate);
        await WriteAsync(server, "server.key", pair.Key);
        await server.ExecuteAsync("ALTER SYSTEM SET ssl = on");
        await server.ReloadAsync();
    }

    /// <summary>Writes a file of the server's own, beside its data.</summary>
    public static Task WriteAsync(PostgresServer server, string name, string text)
    {
        var lines = string.Join(", ", text.Split('\n').Select(line => $"'{line.Replace("'", "''", StringComparison.Ordinal)}'"));
        return server.ExecuteAsync($"COPY (SELECT unnest(ARRAY[{lines}])) TO PROGRAM 'cat > {name} && chmod 600 {name}'");
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
