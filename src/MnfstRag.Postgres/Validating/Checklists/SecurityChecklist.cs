using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using static MnfstRag.Postgres.Validating.ChecklistJudgement;

namespace MnfstRag.Postgres.Validating;

/// <summary>"Safe."</summary>
internal static class SecurityChecklist
{
    private const string OwnRole = "Give the backend a role of its own that owns nothing and has neither SUPERUSER nor BYPASSRLS.";

    public static IEnumerable<ChecklistItem> Of(ChecklistEvidence evidence) =>
    [
        evidence.ByAddress("security.ssl-mode", "SSL mode is require or higher", (settings, url) => TlsWish.Of(url, settings) is { Demands: true } tls
            ? Met($"sslmode is {tls.Mode}.")
            : NotMet($"sslmode is {TlsWish.Of(url, settings).Mode}: a connection without encryption is taken.", "Write sslmode=require, in production verify-full. On a development machine the guide wants it off; then leave it.")),
        evidence.ByAddress("security.certificate", "The server's certificate is verified", Certificate),
        evidence.BySettings("security.passwords", "Passwords are strong", settings => Passwords(evidence, settings)),
        evidence.BySettings("security.jwt", "The JWT secret is secure", settings => Tokens(evidence, settings)),
        evidence.ByReading("security.role", "The database user's permissions are limited", ProtectionReader.Instance, (_, reading) => Role(evidence, reading)),
        evidence.ByReading("security.row-security", "Row Level Security is enabled", ProtectionReader.Instance, (_, reading) => Rows(evidence, reading)),
        evidence.ByReading("security.encryption", "Encryption of connections is enforced", ProtectionReader.Instance, (_, reading) => Encryption(reading), isAttestable: true),
    ];

    private static ChecklistJudgement Certificate(EnvironmentSettings settings, DatabaseUrl url) => TlsWish.Of(url, settings) switch
    {
        { Mode: "verify-full", Authority: { Length: > 0 } } => Met("sslmode is verify-full, and an authority is named: certificate and name of the server are verified."),
        { Mode: "verify-ca", Authority: { Length: > 0 } } => NotMet("The certificate must come from the named authority, but the server's name is not compared with it: anybody with a certificate of that authority can pass for the server.", "Write sslmode=verify-full."),
        { Verifies: true } => NotMet("The certificate is to be verified, and no authority is named.", "Set DB_SSL_CA_PATH, or sslrootcert in the address."),
        var tls => NotMet($"sslmode {tls.Mode} does not look whose certificate it is.", "Write sslmode=verify-full and name the authority's certificate."),
    };

    private static ChecklistJudgement Passwords(ChecklistEvidence evidence, EnvironmentSettings settings)
    {
        var found = evidence.Findings.Where(finding => finding.Rule is "password-weak" or "password-short" or "password-missing" or "placeholder" && finding.Key != "JWT_SECRET_KEY")
            .Concat(evidence.FindingsOf(FindingLevel.Warning, "PASSWORD_MIN_LENGTH", "PASSWORD_SALT_ROUNDS"))
            .Distinct()
            .ToList();
        return found.Count > 0 ? Without(found, "")
            : settings.Url is null ? Unknown("DATABASE_URL is not set, cannot be read, or comes from Vault: its password was not seen.", "")
            : Met("No rule objects to the password of DATABASE_URL, nor to the length and rounds of users' passwords.");
    }

    private static ChecklistJudgement Tokens(ChecklistEvidence evidence, EnvironmentSettings settings) =>
        evidence.FindingsOf(FindingLevel.Note, "JWT_SECRET_KEY", "JWT_ALGORITHM").Where(finding => finding.Rule is not "unresolved-reference" && (finding.Level > FindingLevel.Note || finding.Rule is "jwt-secret-weak")).ToList() is { Count: > 0 } found ? Without(found, "")
        : settings.Text("JWT_SECRET_KEY") is not null ? Met("The key is set, long enough, and not made of words or repetitions; no other environment here has it.")
        : settings.ReadsVault ? Unknown("The key comes from Vault, and cannot be checked from the settings.", "")
        : settings.IsSet("JWT_SECRET_KEY") ? Unknown("The key is a reference that nothing here resolves.", "")
        : NotMet("JWT_SECRET_KEY is not set: each process makes a random key.", "Make one: openssl rand -base64 48.");

    private static ChecklistJudgement Role(ChecklistEvidence evidence, ProtectionReading reading)
    {
        if (Known(evidence, reading, out var unknown) is not { } role)
        {
            return unknown;
        }

        List<string> powers = [];
        powers.AddRange(role.IsSuperuser ? ["is a superuser"] : []);
        powers.AddRange(role.BypassesRowSecurity ? ["bypasses row security"] : []);
        powers.AddRange(role.CreatesRoles ? ["may create roles"] : []);
        powers.AddRange(role.CreatesDatabases ? ["may create databases"] : []);
        return powers.Count > 0
            ? NotMet($"The backend's role {role.Name} {string.Join(", ", powers)}.", OwnRole)
            : Met($"The backend's role {role.Name} is no superuser, and may neither bypass row security nor create roles or databases.{(role.OwnsProductTables ? " It owns tables of the product, so it may alter and drop them." : "")}");
    }

    private static ChecklistJudgement Rows(ChecklistEvidence evidence, ProtectionReading reading)
    {
        var tables = reading.Tables.Where(table => table.Table is not ("tenants" or "chats")).ToList();
        if (tables.Count == 0)
        {
            return Unknown("The database has none of the product's tables in the schema public.", "Run the backend's migrations.");
        }

        if (tables.Where(table => !table.IsEnabled).Select(table => table.Table).ToList() is { Count: > 0 } off)
        {
            return NotMet($"Row Level Security is off for {string.Join(", ", off)}: one tenant is kept from another's rows by the backend's code alone.", "ALTER TABLE … ENABLE ROW LEVEL SECURITY, with a policy for each.");
        }

        var empty = tables.Where(table => table.Policies == 0).Select(table => table.Table).ToList();
        var on = FormattableString.Invariant($"Row Level Security is on for {string.Join(", ", tables.Select(table => table.Table))}, with {tables.Sum(table => table.Policies)} policies.{(empty.Count > 0 ? $" {string.Join(", ", empty)} has none: nobody whom it binds sees a row there." : "")}");
        return Known(evidence, reading, out _) switch
        {
            null => Unknown($"{on} Whether it binds the backend's role is not known.", "Save settings whose DATABASE_URL names the role."),
            { IsSuperuser: true } or { BypassesRowSecurity: true } => NotMet($"{on} It does not bind the backend's role {evidence.BackendRole}, which bypasses it.", OwnRole),
            { OwnsProductTables: true } when tables.Exists(table => !table.IsForced) => NotMet($"{on} It does not bind the backend's role {evidence.BackendRole}, which owns tables and is not forced.", $"{OwnRole} Or ALTER TABLE … FORCE ROW LEVEL SECURITY."),
            _ => Met($"{on} It binds the backend's role {evidence.BackendRole}."),
        };
    }

    private static ChecklistJudgement Encryption(ProtectionReading reading) => reading switch
    {
        { ServerOffersTls: false } => NotMet("The server's setting ssl is off: nothing is encrypted.", "Give the server a certificate, and set ssl = on."),
        { PlainSessions: > 0 } => NotMet(FormattableString.Invariant($"{reading.PlainSessions} of {reading.PlainSessions + reading.EncryptedSessions} sessions over the network are not encrypted now."), "Write hostssl instead of host in pg_hba.conf, and reload."),
        { PlainSessions: null } => Unknown("The watching role does not see how sessions of others are encrypted.", "GRANT pg_monitor to it."),
        _ => Unknown(FormattableString.Invariant($"The server offers TLS, and {reading.EncryptedSessions} of {reading.EncryptedSessions} sessions over the network are encrypted now. Whether it would refuse one that is not stands in pg_hba.conf, which only a superuser reads."), "See that pg_hba.conf has hostssl and no host line, then vouch for it."),
    };

    private static RolePowers? Known(ChecklistEvidence evidence, ProtectionReading reading, out ChecklistJudgement unknown)
    {
        unknown = evidence.BackendRole is { } name
            ? Unknown($"The watched server has no role {name} that may sign in, or too many roles to read them all.", "See that DATABASE_URL names this server.")
            : Unknown($"The backend's role is not known: {(evidence.Settings is null ? evidence.SettingsMissing : "DATABASE_URL is not set, cannot be read, names no user, or comes from Vault.")}", "Save settings whose DATABASE_URL names the role.");
        return evidence.BackendRole is { } role ? reading.Roles.GetValueOrDefault(role) : null;
    }
}
