using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>The encryption that settings ask for: the address before the keys, then libpq's default.</summary>
/// <param name="Mode">libpq's sslmode, as it acts: require with an authority verifies like verify-ca.</param>
/// <param name="Authority">Path of the authority's certificates; null for none; "system" for this machine's.</param>
/// <param name="Certificate">Path of the client's certificate.</param>
/// <param name="Key">Path of its private key.</param>
internal sealed record TlsWish(string Mode, string? Authority, string? Certificate, string? Key)
{
    /// <summary>A connection without encryption is not taken.</summary>
    public bool Demands => Mode is "require" or "verify-ca" or "verify-full";

    /// <summary>The certificate must be signed by the authority.</summary>
    public bool Verifies => Mode is "verify-ca" or "verify-full";

    /// <summary>What an address and the keys beside it ask for.</summary>
    public static TlsWish Of(DatabaseUrl url, EnvironmentSettings settings)
    {
        var mode = url.Parameter("sslmode") ?? url.Parameter("ssl") ?? settings.Text("DB_SSL_MODE");
        var authority = url.Parameter("sslrootcert") ?? settings.Text("DB_SSL_CA_PATH") ?? settings.Text("DB_SSL_ROOT_CERT");
        mode = mode is not null && ValueTypes.SslModes.Contains(mode, StringComparer.Ordinal) ? mode : "prefer";
        return new(
            authority is "system" ? "verify-full" : mode is "require" && authority is not null ? "verify-ca" : mode,
            authority,
            url.Parameter("sslcert") ?? settings.Text("DB_SSL_CERT_PATH"),
            url.Parameter("sslkey") ?? settings.Text("DB_SSL_KEY_PATH"));
    }
}
