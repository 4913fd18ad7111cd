using System.Collections.Frozen;

namespace MnfstRag.Postgres.Validating;

/// <summary>The catalogue of the product's keys: its configuration guide, its backend's code, and where the two differ.</summary>
public static class KnownSettings
{
    /// <summary>All keys, in the order of a form.</summary>
    public static IReadOnlyList<KnownSetting> All { get; } = [.. Connection(), .. Pool(), .. Timeouts(), .. Tls(), .. Tokens(), .. Application(), .. Vault()];

    private static readonly FrozenDictionary<string, KnownSetting> ByKey = All.ToFrozenDictionary(setting => setting.Key, StringComparer.Ordinal);

    /// <summary>The setting of a key; null for a key that is kept verbatim.</summary>
    public static KnownSetting? Find(string key) => ByKey.GetValueOrDefault(key);

    private static IEnumerable<KnownSetting> Connection() =>
    [
        new("DATABASE_URL", SettingType.DatabaseUrl, "connection", "Where the database is and who signs in: postgresql://user:password@host:5432/database.") { IsSecret = true },
        new("DATABASE_REPLICA_URLS", SettingType.DatabaseUrls, "connection", "Addresses of replicas, separated by commas or line ends.") { IsSecret = true, ReadBy = SettingReader.Dashboard },
    ];

    private static IEnumerable<KnownSetting> Pool() =>
    [
        Number("DB_POOL_SIZE", "pool", "connections", "Connections that each engine of each worker process keeps; 0 means no limit.", "20", "5", 0, 10_000, 1, 100) with { Recommended = new("5", "15", "20") },
        Number("DB_MAX_OVERFLOW", "pool", "connections", "Connections beyond the pool that each engine may open; -1 means no limit.", "30", "10", -1, 10_000, 0, 100) with { Recommended = new("10", "20", "30") },
        Number("DB_POOL_TIMEOUT", "pool", "s", "How long a request waits for a connection of the pool.", "30", null, 0, 86_400, 1, 300) with { Recommended = new(null, null, "30") },
        Number("DB_POOL_RECYCLE", "pool", "s", "Age at which a pooled connection is replaced; -1 means never.", "3600", null, -1, 2_592_000, 60, 86_400) with { Recommended = new("1800", "3600", "3600") },
        new("DB_POOL_PRE_PING", SettingType.Boolean, "pool", "Test a pooled connection before it is used.") { GuideDefault = "true", ReadBy = SettingReader.Unproven },
    ];

    private static IEnumerable<KnownSetting> Timeouts() =>
    [
        Number("DB_CONNECT_TIMEOUT", "timeouts", "s", "How long connecting may take; 0 means without limit.", "10", null, 0, 86_400, 2, 120) with { ReadBy = SettingReader.PrefixedModel, Recommended = new(null, null, "10") },
        Number("DB_COMMAND_TIMEOUT", "timeouts", "s", "How long a statement may take; 0 means without limit.", "30", null, 0, 86_400, 1, 3_600) with { ReadBy = SettingReader.PrefixedModel, Recommended = new(null, null, "30") },
    ];

    private static IEnumerable<KnownSetting> Tls() =>
    [
        new("DB_SSL_MODE", SettingType.SslMode, "TLS", "How far the connection is encrypted and the server's certificate verified.") { GuideDefault = "require", ReadBy = SettingReader.PrefixedModel, Recommended = new("disable", "require", "verify-full") },
        new("DB_SSL_CERT_PATH", SettingType.FilePath, "TLS", "The client's certificate.") { ReadBy = SettingReader.PrefixedModel },
        new("DB_SSL_KEY_PATH", SettingType.FilePath, "TLS", "The client's private key.") { ReadBy = SettingReader.Unproven },
        new("DB_SSL_CA_PATH", SettingType.FilePath, "TLS", "Certificates of the authorities that may sign the server's.") { ReadBy = SettingReader.Unproven },
        new("DB_SSL_ROOT_CERT", SettingType.FilePath, "TLS", "The same as DB_SSL_CA_PATH, which wins.") { ReadBy = SettingReader.Unproven },
    ];

    private static IEnumerable<KnownSetting> Tokens() =>
    [
        new("JWT_SECRET_KEY", SettingType.Text, "tokens", "The key that signs tokens: at least 32 random bytes, the same for all workers.") { IsSecret = true },
        new("JWT_ALGORITHM", SettingType.JwtAlgorithm, "tokens", "The algorithm that signs tokens.") { GuideDefault = "HS256" },
        Number("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "tokens", "min", "How long an access token lasts.", "30", "60", 1, 5_256_000, 1, 1_440),
        Number("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "tokens", "days", "How long a refresh token lasts.", "7", "30", 1, 36_500, 1, 90),
        Number("PASSWORD_MIN_LENGTH", "passwords", "characters", "Shortest password of a user.", null, null, 1, 72, 8, 64),
        Number("PASSWORD_SALT_ROUNDS", "passwords", null, "bcrypt's cost: each step doubles the time of a sign-in.", "12", null, 4, 31, 10, 15),
    ];

    private static IEnumerable<KnownSetting> Application() =>
    [
        new("LOG_LEVEL", SettingType.LogLevel, "logging", "The least level that is logged.") { Recommended = new("DEBUG", "INFO", "WARNING") },
        new("DB_ECHO", SettingType.Boolean, "logging", "Log every statement with its values.") { Recommended = new("true", "false", "false") },
        new("SQL_ECHO", SettingType.Boolean, "logging", "Log every statement with its values; the guide's name for DB_ECHO.") { Recommended = new("true", "false", "false") },
        new("ALLOWED_ORIGINS", SettingType.Origins, "application", "Web origins whose pages may call the API."),
        new("APP_NAME", SettingType.Text, "application", "The application's name."),
        new("APP_VERSION", SettingType.Text, "application", "The application's version."),
        new("DEBUG", SettingType.Boolean, "application", "Show internals of faults to whoever calls."),
        new("ENVIRONMENT", SettingType.EnvironmentName, "application", "Which environment this is, and which .env file is read."),
    ];

    private static IEnumerable<KnownSetting> Vault() =>
    [
        new("VAULT_URL", SettingType.WebAddress, "Vault", "The Vault server that production takes DATABASE_URL and JWT_SECRET_KEY from."),
        new("VAULT_ROLE_ID", SettingType.Text, "Vault", "The AppRole that signs in there."),
        new("VAULT_SECRET_ID", SettingType.Text, "Vault", "The AppRole's secret.") { IsSecret = true },
    ];

    private static KnownSetting Number(
        string key, string section, string? unit, string summary, string? guide, string? code, int minimum, int maximum, int advisedMinimum, int advisedMaximum) =>
        new(key, SettingType.Integer, section, summary)
        {
            Unit = unit,
            GuideDefault = guide,
            CodeDefault = code,
            Minimum = minimum,
            Maximum = maximum,
            AdvisedMinimum = advisedMinimum,
            AdvisedMaximum = advisedMaximum,
        };
}
