using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>Encryption: the mode against the environment, what verifying needs, and what an address and a key say of the same thing.</summary>
internal sealed class TlsRules : IRule
{
    private const string Url = DatabaseUrlRules.Key;
    private const string Mode = "DB_SSL_MODE";
    private const string Ca = "DB_SSL_CA_PATH";
    private const string RootCert = "DB_SSL_ROOT_CERT";
    private const string Certificate = "DB_SSL_CERT_PATH";
    private const string PrivateKey = "DB_SSL_KEY_PATH";
    private const string VerifyFull = "Write verify-full, and name the authority's certificate.";

    public IEnumerable<Finding> Judge(EnvironmentSettings settings)
    {
        var address = settings.Address.Readable is { IsMonitorable: true } url ? url : null;
        var inAddress = address is null ? null : SslModeOf(address);
        var inKey = settings.Text(Mode) is { } mode && ValueTypes.SslModes.Contains(mode, StringComparer.Ordinal) ? mode : null;
        return
        [
            .. Weak(Url, inAddress, settings),
            .. Weak(Mode, inKey, settings),
            .. Unset(address, inAddress, settings),
            .. MissingAuthority(address, inAddress, inKey, settings),
            .. Pairs(address, settings),
            .. Clash(settings, inAddress, Mode, "sslmode", address is null),
            .. Clash(settings, address?.Parameter("sslrootcert"), settings.IsSet(Ca) ? Ca : RootCert, "sslrootcert", address is null),
            .. Clash(settings, address?.Parameter("sslcert"), Certificate, "sslcert", address is null),
            .. Clash(settings, address?.Parameter("sslkey"), PrivateKey, "sslkey", address is null),
            .. TwoAuthorities(settings),
        ];
    }

    /// <summary>libpq's sslmode, or what asyncpg's ssl says in the same words; null when the address has neither.</summary>
    private static string? SslModeOf(DatabaseUrl url) =>
        (url.Parameter("sslmode") ?? url.Parameter("ssl")) is { } mode && ValueTypes.SslModes.Contains(mode, StringComparer.Ordinal) ? mode : null;

    private static IEnumerable<Finding> Weak(string key, string? mode, EnvironmentSettings settings)
    {
        switch (mode, settings.Kind)
        {
            case ("disable" or "allow" or "prefer", EnvironmentKind.Production or EnvironmentKind.Staging):
                var message = mode is "disable" ? "sslmode disable never encrypts: password proofs and all data cross the network in clear." : $"sslmode {mode} silently takes a connection without encryption when the server, or somebody in between, offers none.";
                yield return settings.IsProduction
                    ? Finding.Error(key, "ssl-mode-weak", message, VerifyFull)
                    : Finding.Warning(key, "ssl-mode-weak", message, "Write require, as the guide recommends for staging, or verify-full.");
                break;
            case ("require", EnvironmentKind.Production):
                yield return Finding.Warning(key, "ssl-mode-unverified", "sslmode require encrypts, and does not look whose certificate it is: somebody in between can pass for the server.", VerifyFull);
                break;
            case ("verify-ca", EnvironmentKind.Production):
                yield return Finding.Note(key, "ssl-mode-host-unverified", "sslmode verify-ca does not compare the host's name with the certificate's. The guide recommends verify-full.", "Write verify-full.");
                break;
        }
    }

    private static IEnumerable<Finding> Unset(DatabaseUrl? address, string? inAddress, EnvironmentSettings settings)
    {
        if (address is null || address != settings.Url || inAddress is not null || settings.IsSet(Mode) || settings.IsDevelopment || address.Parameter("sslrootcert") is "system")
        {
            yield break;
        }

        yield return Finding.Warning(Url, "ssl-mode-unset",
            "Neither the address nor DB_SSL_MODE says how to encrypt. The guide's default is require; the driver's is prefer, which silently takes a connection without encryption.",
            settings.IsProduction ? "Add sslmode=verify-full and sslrootcert to the address." : "Add sslmode=require to the address.");
    }

    private static IEnumerable<Finding> MissingAuthority(DatabaseUrl? address, string? inAddress, string? inKey, EnvironmentSettings settings)
    {
        if (address?.Parameter("sslrootcert") is { Length: > 0 } || settings.IsSet(Ca) || settings.IsSet(RootCert) || (inAddress ?? inKey) is not ("verify-ca" or "verify-full"))
        {
            yield break;
        }

        const string Message = "The server's certificate is to be verified, and nothing names the authority that signed it: the driver refuses to connect unless ~/.postgresql/root.crt exists.";
        const string Remedy = "Name the authority's certificate: sslrootcert in the address, or DB_SSL_CA_PATH. sslrootcert=system takes this machine's own.";
        yield return Finding.Error(inAddress is not null ? Url : Mode, "ca-missing", Message, Remedy);
        yield return Finding.Error(Ca, "ca-missing", Message, Remedy);
    }

    /// <summary>A client's certificate is of no use without its key, and the other way round.</summary>
    private static IEnumerable<Finding> Pairs(DatabaseUrl? address, EnvironmentSettings settings)
    {
        var certificate = settings.IsSet(Certificate) ? Certificate : address?.Parameter("sslcert") is { Length: > 0 } ? Url : null;
        var key = settings.IsSet(PrivateKey) ? PrivateKey : address?.Parameter("sslkey") is { Length: > 0 } ? Url : null;
        if (certificate is null != key is null)
        {
            var message = key is null ? "A client certificate is named, and its private key is not." : "A private key is named, and the client certificate that belongs to it is not.";
            yield return Finding.Warning(certificate ?? key!, "client-certificate-incomplete", message, "Name both, or neither.");
            yield return Finding.Warning(key is null ? PrivateKey : Certificate, "client-certificate-incomplete", message, "Name both, or neither.");
        }
    }

    private static IEnumerable<Finding> Clash(EnvironmentSettings settings, string? inAddress, string key, string parameter, bool skip)
    {
        if (skip || inAddress is null || settings.Text(key) is not { } inKey || inKey == inAddress)
        {
            yield break;
        }

        var message = $"The address's {parameter} and {key} differ. The address wins: the driver reads it, and nothing proves that {key} is read.";
        yield return Finding.Warning(Url, "url-key-clash", message, $"Keep one of them, or give both the same value.");
        yield return Finding.Warning(key, "url-key-clash", message, $"Keep one of them, or give both the same value.");
    }

    private static IEnumerable<Finding> TwoAuthorities(EnvironmentSettings settings)
    {
        if (settings.Text(Ca) is { } ca && settings.Text(RootCert) is { } root && ca != root)
        {
            const string Message = "DB_SSL_CA_PATH and DB_SSL_ROOT_CERT name the same thing and differ. DB_SSL_CA_PATH wins.";
            yield return Finding.Warning(Ca, "ca-paths-differ", Message, "Remove DB_SSL_ROOT_CERT.");
            yield return Finding.Warning(RootCert, "ca-paths-differ", Message, "Remove it.");
        }
    }
}
