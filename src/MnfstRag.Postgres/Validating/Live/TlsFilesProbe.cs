using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MnfstRag.Postgres.Validating;

/// <summary>Do the certificate and key files exist, can they be read, do they belong together, and are they valid now?</summary>
internal sealed class TlsFilesProbe(EnvironmentSettings settings, LiveOptions options, TimeProvider time)
{
    private const string Rule = "live-files";
    private const long LongestFile = 1024 * 1024;

    private readonly List<Finding> _findings = [];

    /// <summary>The key that names the files where none of the environment's own does.</summary>
    public string Owner { get; init; } = DatabaseUrlRules.Key;

    /// <summary>Reads what <paramref name="wish"/> names.</summary>
    public TlsFiles Read(TlsWish wish)
    {
        var authorities = wish.Authority is { } path and not "system" ? Authorities(path) : null;
        var client = wish.Certificate is { } certificate ? Client(certificate, wish.Key) : null;
        return new(authorities, client, _findings);
    }

    private X509Certificate2Collection? Authorities(string path)
    {
        var key = KeyOf("DB_SSL_CA_PATH", "DB_SSL_ROOT_CERT", path);
        if (Text(key, path, "authority's certificate") is not { } text)
        {
            return null;
        }

        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            found.Clear();
        }

        if (found.Count == 0)
        {
            Error(key, "The file of the authority's certificate holds no certificate in PEM form.", "Name a file with -----BEGIN CERTIFICATE-----.");
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (found.All(one => now > one.NotAfter.ToUniversalTime()))
        {
            Error(key, $"Every certificate in the authority's file has expired, the last on {Date(found.Max(one => one.NotAfter))}.", "Get the authority's new certificate.");
        }
        else
        {
            _findings.Add(Finding.Note(key, Rule, $"The authority's file holds {Count(found.Count)}; the first to expire does so on {Date(found.Min(one => one.NotAfter))}."));
        }

        return found;
    }

    private X509Certificate2? Client(string path, string? keyPath)
    {
        var certificateKey = KeyOf("DB_SSL_CERT_PATH", null, path);
        var text = Text(certificateKey, path, "client's certificate");
        if (keyPath is null)
        {
            return null;
        }

        var keyKey = KeyOf("DB_SSL_KEY_PATH", null, keyPath);
        var keyText = Text(keyKey, keyPath, "client's private key");
        if (text is null || keyText is null)
        {
            return null;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Full(keyPath)) & (UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute)) != UnixFileMode.None)
        {
            Error(keyKey, "Others may read the private key's file, so the driver refuses to use it.", "chmod 600 the file.");
        }

        if (keyText.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            Error(keyKey, "The private key is locked by a password, which a service cannot type.", "Store the key unlocked with mode 0600, or add sslpassword to the address.");
            return null;
        }

        return Match(certificateKey, text, keyKey, keyText);
    }

    private X509Certificate2? Match(string certificateKey, string text, string keyKey, string keyText)
    {
        try
        {
            using var alone = X509Certificate2.CreateFromPem(text);
        }
        catch (CryptographicException)
        {
            Error(certificateKey, "The file of the client's certificate holds no certificate in PEM form.", "Name a file with -----BEGIN CERTIFICATE-----.");
            return null;
        }

        try
        {
            var client = X509Certificate2.CreateFromPem(text, keyText);
            var left = client.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
            if (left <= TimeSpan.Zero)
            {
                Error(certificateKey, $"The client's certificate expired on {Date(client.NotAfter)}.", "Have it renewed.");
            }
            else
            {
                _findings.Add(new(certificateKey, Rule, left.TotalDays < 30 ? FindingLevel.Warning : FindingLevel.Note, $"The client's certificate and its key belong together; it is valid until {Date(client.NotAfter)}.", left.TotalDays < 30 ? "Have it renewed in time." : ""));
            }

            return client;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            const string Message = "The client's certificate and the private key do not belong together, or the key's file holds no key in PEM form.";
            Error(certificateKey, Message, "Name the key that the certificate was made for.");
            Error(keyKey, Message, "Name the key that the certificate was made for.");
            return null;
        }
    }

    private string? Text(string key, string path, string what)
    {
        try
        {
            var full = Full(path);
            // First, so that nobody learns which files there are elsewhere.
            if (options.ConfinedTo is { } folder && !IsWithin(full, folder))
            {
                Error(key, $"The file of the {what} lies outside the folder that certificates are read from.", "Move it there.");
                return null;
            }

            if (!File.Exists(full))
            {
                Error(key, $"The file of the {what} does not exist on this machine.", "Check the path; a relative one begins at the environment file's folder.");
                return null;
            }

            if (new FileInfo(full).Length > LongestFile)
            {
                Error(key, $"The file of the {what} is longer than any certificate.", "Check the path.");
                return null;
            }

            return File.ReadAllText(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Error(key, $"The file of the {what} cannot be read.", "Check the path and the rights of its file.");
            return null;
        }
    }

    private string Full(string path) => Path.GetFullPath(path, Path.GetFullPath(options.Directory));

    /// <summary>After links are resolved, of the file as of the folders on the way.</summary>
    private static bool IsWithin(string file, string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(Real(Path.GetFullPath(folder))) + Path.DirectorySeparatorChar;
        return Real(file).StartsWith(root, StringComparison.Ordinal);
    }

    private static string Real(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        var here = Path.Combine(Real(parent), Path.GetFileName(path));
        FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : here;
    }

    private string KeyOf(string key, string? other, string path) =>
        settings.Text(key) == path ? key
        : other is not null && settings.Text(other) == path ? other
        : Owner;

    private void Error(string key, string message, string remedy) => _findings.Add(Finding.Error(key, Rule, message, remedy));

    private static string Count(int number) => number == 1 ? "one certificate" : $"{number} certificates";

    private static string Date(DateTime date) => date.ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
