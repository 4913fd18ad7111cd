using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Rules;

public sealed class RuleTests
{
    /// <summary>Rule, level, key, environment, a text that triggers it, a near miss that does not.</summary>
    public static TheoryData<string, FindingLevel, string, string, string, string> Table => new()
    {
        { "database-url-missing", FindingLevel.Error, "DATABASE_URL", "development", "", "DATABASE_URL=sqlite:///x" },
        { "database-url-missing", FindingLevel.Error, "DATABASE_URL", "production", "DATABASE_URL=", "DATABASE_URL=postgresql://h/d" },
        { "postgres-scheme", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgres://u:p@h/d", "DATABASE_URL=postgresql://u:p@h/d" },
        { "driver-url", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=postgresql+psycopg2://u:p@h/d", "DATABASE_URL=postgresql://u:p@h/d" },
        { "sqlite-url", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=sqlite:///x", "DATABASE_URL=postgresql:///x" },
        { "database-url-scheme", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=mysql://u:p@h/d", "DATABASE_URL=postgresql://u:p@h/d" },
        { "database-url-scheme", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=Host=h;Username=u", "DATABASE_URL=postgresql://u@h" },
        { "database-url-port", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h:65536/d", "DATABASE_URL=postgresql://u:p@h:65535/d" },
        { "database-url-host", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@::1/d", "DATABASE_URL=postgresql://u:p@[::1]/d" },
        { "database-url-password", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p%4@h/d", "DATABASE_URL=postgresql://u:p%40@h/d" },
        { "database-url-password", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:1/p@h/d", "DATABASE_URL=postgresql://u:1%2Fp@h/d" },
        { "database-url-parameter", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h/d?sslmode=on", "DATABASE_URL=postgresql://u:p@h/d?sslmode=require" },
        { "database-url-encoding", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL='postgresql://u:p#q@h/d'", "DATABASE_URL=postgresql://u:p%23q@h/d" },
        { "host-not-allowed", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h,169.254.169.254/d", "DATABASE_URL=postgresql://u:p@h,169.253.169.254/d" },
        { "host-not-allowed", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@0.0.0.0/d", "DATABASE_URL=postgresql://u:p@127.0.0.1/d" },
        { "host-missing", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=postgresql:///d", "DATABASE_URL=postgresql://h/d" },
        { "unix-socket", FindingLevel.Note, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@%2Ftmp/d", "DATABASE_URL=postgresql://u:p@tmp/d" },
        { "database-missing", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h", "DATABASE_URL=postgresql://u:p@h/d" },
        { "user-missing", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=postgresql://h/d", "DATABASE_URL=postgresql://u@h/d" },
        { "password-missing", FindingLevel.Warning, "DATABASE_URL", "production", "DATABASE_URL=postgresql://u@h/d", "DATABASE_URL=postgresql://u@h/d?sslcert=/c&sslkey=/k" },
        { "password-missing", FindingLevel.Note, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u@h/d", "DATABASE_URL=postgresql://u:p@h/d" },
        { "password-weak", FindingLevel.Warning, "DATABASE_URL", "production", "DATABASE_URL=postgresql://u:postgres123@h/d", "DATABASE_URL=postgresql://u:Zk39xkPq77sLmQ2v@h/d" },
        { "several-hosts", FindingLevel.Note, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h,i/d", "DATABASE_URL=postgresql://u:p@h,i/d?target_session_attrs=read-write" },
        { "target-read-only", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h/d?target_session_attrs=standby", "DATABASE_URL=postgresql://u:p@h/d?target_session_attrs=primary" },
        { "asyncpg-parameter", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql+asyncpg://u:p@h/d?sslmode=require", "DATABASE_URL=postgresql+asyncpg://u:p@h/d?ssl=require" },
        { "asyncpg-parameter", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql+asyncpg://u:p@h/d?connect_timeout=5", "DATABASE_URL=postgresql+psycopg2://u:p@h/d?connect_timeout=5" },
        { "asyncpg-rewrite", FindingLevel.Note, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h/d?sslmode=require", "DATABASE_URL=postgresql://u:p@h/d" },
        { "placeholder", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:[PASSWORD]@h/d", "DATABASE_URL=postgresql://u:p@[::1]/d" },
        { "placeholder", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:%5BYOUR-PASSWORD%5D@h/d", "DATABASE_URL=postgresql://u:%5Bx%3A%5D@h/d" },
        { "placeholder", FindingLevel.Error, "JWT_SECRET_KEY", "development", "JWT_SECRET_KEY=\"your-secret-key-here\"", "JWT_SECRET_KEY=yourself" },
        { "placeholder", FindingLevel.Error, "VAULT_SECRET_ID", "production", "VAULT_SECRET_ID=<secret-id>", "VAULT_SECRET_ID=7c1e5a90" },
        { "ssl-mode-weak", FindingLevel.Error, "DATABASE_URL", "production", "DATABASE_URL=postgresql://u:p@h/d?sslmode=prefer", "DATABASE_URL=postgresql://u:p@h/d?sslmode=require" },
        { "ssl-mode-weak", FindingLevel.Error, "DB_SSL_MODE", "production", "DB_SSL_MODE=disable", "DB_SSL_MODE=verify-ca" },
        { "ssl-mode-weak", FindingLevel.Error, "DB_SSL_MODE", "production", "DB_SSL_MODE=allow", "DB_SSL_MODE=require" },
        { "ssl-mode-weak", FindingLevel.Warning, "DB_SSL_MODE", "staging", "DB_SSL_MODE=prefer", "DB_SSL_MODE=require" },
        { "ssl-mode-unverified", FindingLevel.Warning, "DB_SSL_MODE", "production", "DB_SSL_MODE=require", "DB_SSL_MODE=verify-full" },
        { "ssl-mode-host-unverified", FindingLevel.Note, "DB_SSL_MODE", "production", "DB_SSL_MODE=verify-ca", "DB_SSL_MODE=verify-full" },
        { "ssl-mode-unset", FindingLevel.Warning, "DATABASE_URL", "production", "DATABASE_URL=postgresql://u:p@h/d", "DATABASE_URL=postgresql://u:p@h/d\nDB_SSL_MODE=require" },
        { "ca-missing", FindingLevel.Error, "DB_SSL_MODE", "production", "DB_SSL_MODE=verify-full", "DB_SSL_MODE=verify-full\nDB_SSL_CA_PATH=/ca" },
        { "ca-missing", FindingLevel.Error, "DB_SSL_CA_PATH", "production", "DB_SSL_MODE=verify-ca", "DB_SSL_MODE=verify-ca\nDB_SSL_ROOT_CERT=/ca" },
        { "ca-missing", FindingLevel.Error, "DATABASE_URL", "production", "DATABASE_URL=postgresql://u:p@h/d?sslmode=verify-full", "DATABASE_URL=postgresql://u:p@h/d?sslmode=verify-full&sslrootcert=/ca" },
        { "ca-paths-differ", FindingLevel.Warning, "DB_SSL_ROOT_CERT", "production", "DB_SSL_CA_PATH=/a\nDB_SSL_ROOT_CERT=/b", "DB_SSL_CA_PATH=/a\nDB_SSL_ROOT_CERT=/a" },
        { "client-certificate-incomplete", FindingLevel.Warning, "DB_SSL_KEY_PATH", "production", "DB_SSL_CERT_PATH=/a", "DB_SSL_CERT_PATH=/a\nDB_SSL_KEY_PATH=/b" },
        { "url-key-clash", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=postgresql://u:p@h/d?sslmode=require\nDB_SSL_MODE=disable", "DATABASE_URL=postgresql://u:p@h/d?sslmode=require\nDB_SSL_MODE=require" },
        { "url-key-clash", FindingLevel.Warning, "DB_CONNECT_TIMEOUT", "development", "DATABASE_URL=postgresql://u:p@h/d?connect_timeout=5\nDB_CONNECT_TIMEOUT=6", "DATABASE_URL=postgresql://u:p@h/d?connect_timeout=5\nDB_CONNECT_TIMEOUT=5" },
        { "supabase-pooler-misspelt", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.co/d", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d" },
        { "supabase-transaction-pooler", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com:6543/d", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com:5432/d" },
        { "supabase-pooler-user", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://postgres:p@a.pooler.supabase.com/d", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d" },
        { "supabase-direct-user", FindingLevel.Error, "DATABASE_URL", "development", "DATABASE_URL=postgresql://postgres.r:p@db.r.supabase.co/d", "DATABASE_URL=postgresql://postgres:p@db.r.supabase.co/d" },
        { "wrong-type", FindingLevel.Error, "DB_POOL_SIZE", "development", "DB_POOL_SIZE=ten", "DB_POOL_SIZE=10" },
        { "wrong-type", FindingLevel.Error, "DB_POOL_TIMEOUT", "development", "DB_POOL_TIMEOUT=", "DB_POOL_TIMEOUT=30" },
        { "wrong-type", FindingLevel.Error, "DEBUG", "development", "DEBUG=maybe", "DEBUG=Yes" },
        { "wrong-type", FindingLevel.Error, "DB_SSL_MODE", "development", "DB_SSL_MODE=REQUIRE", "DB_SSL_MODE=require" },
        { "wrong-type", FindingLevel.Error, "JWT_ALGORITHM", "development", "JWT_ALGORITHM=hs256", "JWT_ALGORITHM=HS384" },
        { "wrong-type", FindingLevel.Error, "LOG_LEVEL", "development", "LOG_LEVEL=VERBOSE", "LOG_LEVEL=CRITICAL" },
        { "wrong-type", FindingLevel.Error, "VAULT_URL", "production", "VAULT_URL=vault:8200", "VAULT_URL=https://vault:8200" },
        { "wrong-type", FindingLevel.Error, "ALLOWED_ORIGINS", "production", "ALLOWED_ORIGINS=[\"https://a.de\"", "ALLOWED_ORIGINS=[\"https://a.de\"]" },
        { "out-of-range", FindingLevel.Error, "DB_MAX_OVERFLOW", "development", "DB_MAX_OVERFLOW=-2", "DB_MAX_OVERFLOW=-1" },
        { "out-of-range", FindingLevel.Error, "PASSWORD_SALT_ROUNDS", "development", "PASSWORD_SALT_ROUNDS=32", "PASSWORD_SALT_ROUNDS=31" },
        { "unusual-value", FindingLevel.Warning, "PASSWORD_SALT_ROUNDS", "development", "PASSWORD_SALT_ROUNDS=9", "PASSWORD_SALT_ROUNDS=10" },
        { "unusual-value", FindingLevel.Warning, "DB_POOL_SIZE", "development", "DB_POOL_SIZE=101", "DB_POOL_SIZE=100" },
        { "log-level-case", FindingLevel.Warning, "LOG_LEVEL", "development", "LOG_LEVEL=info", "LOG_LEVEL=INFO" },
        { "pool-unlimited", FindingLevel.Warning, "DB_POOL_SIZE", "development", "DB_POOL_SIZE=0", "DB_POOL_SIZE=1" },
        { "pool-unlimited", FindingLevel.Warning, "DB_MAX_OVERFLOW", "development", "DB_MAX_OVERFLOW=-1", "DB_MAX_OVERFLOW=0" },
        { "no-time-limit", FindingLevel.Warning, "DB_COMMAND_TIMEOUT", "development", "DB_COMMAND_TIMEOUT=0", "DB_COMMAND_TIMEOUT=1" },
        { "connect-outlasts-pool", FindingLevel.Warning, "DB_CONNECT_TIMEOUT", "development", "DB_CONNECT_TIMEOUT=31", "DB_CONNECT_TIMEOUT=30" },
        { "connect-outlasts-pool", FindingLevel.Warning, "DB_POOL_TIMEOUT", "development", "DB_CONNECT_TIMEOUT=10\nDB_POOL_TIMEOUT=9", "DB_CONNECT_TIMEOUT=10\nDB_POOL_TIMEOUT=10" },
        { "connect-outlasts-pool", FindingLevel.Warning, "DB_POOL_TIMEOUT", "development", "DB_POOL_TIMEOUT=9", "DB_POOL_TIMEOUT=10" },
        { "connect-outlasts-pool", FindingLevel.Warning, "DB_CONNECT_TIMEOUT", "development", "DB_POOL_TIMEOUT=5", "DB_POOL_TIMEOUT=5\nDB_CONNECT_TIMEOUT=5" },
        { "pooler-without-pre-ping", FindingLevel.Warning, "DB_POOL_PRE_PING", "development", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_PRE_PING=false", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_PRE_PING=true" },
        { "pooler-recycle", FindingLevel.Note, "DB_POOL_RECYCLE", "development", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_RECYCLE=1801", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_RECYCLE=1800" },
        { "pooler-recycle", FindingLevel.Note, "DATABASE_URL", "development", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_RECYCLE=1801", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_RECYCLE=1800" },
        { "session-pooler-exceeded", FindingLevel.Warning, "DATABASE_URL", "development", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_SIZE=6\nDB_MAX_OVERFLOW=10", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_SIZE=5\nDB_MAX_OVERFLOW=10" },
        { "session-pooler-exceeded", FindingLevel.Warning, "DB_MAX_OVERFLOW", "development", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_SIZE=6\nDB_MAX_OVERFLOW=10", "DATABASE_URL=postgresql://postgres.r:p@a.pooler.supabase.com/d\nDB_POOL_SIZE=5\nDB_MAX_OVERFLOW=10" },
        { "pre-ping-off", FindingLevel.Note, "DB_POOL_PRE_PING", "development", "DB_POOL_PRE_PING=false", "DB_POOL_PRE_PING=true" },
        { "never-recycled", FindingLevel.Note, "DB_POOL_RECYCLE", "development", "DB_POOL_RECYCLE=-1", "DB_POOL_RECYCLE=60" },
        { "jwt-secret-missing", FindingLevel.Warning, "JWT_SECRET_KEY", "production", "", "JWT_SECRET_KEY=x" },
        { "jwt-secret-missing", FindingLevel.Note, "JWT_SECRET_KEY", "development", "", "JWT_SECRET_KEY=x" },
        { "jwt-secret-short", FindingLevel.Error, "JWT_SECRET_KEY", "production", "JWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe", "JWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe9" },
        { "jwt-secret-short", FindingLevel.Warning, "JWT_SECRET_KEY", "development", "JWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe", "JWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUé" },
        { "jwt-secret-weak", FindingLevel.Error, "JWT_SECRET_KEY", "production", "JWT_SECRET_KEY=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "JWT_SECRET_KEY=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
        { "jwt-secret-weak", FindingLevel.Note, "JWT_SECRET_KEY", "development", "JWT_SECRET_KEY=this-is-my-very-long-secret-key-for-production", "JWT_SECRET_KEY=9f86d081884c7d659a2feaa0c55ad015" },
        { "jwt-secret-below-hash", FindingLevel.Note, "JWT_SECRET_KEY", "development", "JWT_ALGORITHM=HS512\nJWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe9", "JWT_ALGORITHM=HS256\nJWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe9" },
        { "jwt-secret-below-hash", FindingLevel.Note, "JWT_ALGORITHM", "development", "JWT_ALGORITHM=HS512\nJWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe9", "JWT_ALGORITHM=HS256\nJWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe9" },
        { "jwt-algorithm-none", FindingLevel.Error, "JWT_ALGORITHM", "development", "JWT_ALGORITHM=None", "JWT_ALGORITHM=HS256" },
        { "jwt-algorithm-needs-key-pair", FindingLevel.Error, "JWT_SECRET_KEY", "development", "JWT_ALGORITHM=RS256\nJWT_SECRET_KEY=x", "JWT_ALGORITHM=HS256\nJWT_SECRET_KEY=x" },
        { "refresh-outlived", FindingLevel.Warning, "JWT_REFRESH_TOKEN_EXPIRE_DAYS", "development", "JWT_ACCESS_TOKEN_EXPIRE_MINUTES=1440\nJWT_REFRESH_TOKEN_EXPIRE_DAYS=1", "JWT_ACCESS_TOKEN_EXPIRE_MINUTES=1439\nJWT_REFRESH_TOKEN_EXPIRE_DAYS=1" },
        { "origin-any", FindingLevel.Warning, "ALLOWED_ORIGINS", "production", "ALLOWED_ORIGINS=*", "ALLOWED_ORIGINS=https://a.de" },
        { "origin-malformed", FindingLevel.Error, "ALLOWED_ORIGINS", "development", "ALLOWED_ORIGINS=https://a.de/", "ALLOWED_ORIGINS=https://a.de" },
        { "origin-insecure", FindingLevel.Warning, "ALLOWED_ORIGINS", "production", "ALLOWED_ORIGINS=http://a.de", "ALLOWED_ORIGINS=https://a.de" },
        { "debug-in-production", FindingLevel.Warning, "DEBUG", "production", "DEBUG=1", "DEBUG=0" },
        { "debug-in-staging", FindingLevel.Note, "DEBUG", "staging", "DEBUG=1", "DEBUG=0" },
        { "echo-in-production", FindingLevel.Warning, "SQL_ECHO", "production", "SQL_ECHO=true", "SQL_ECHO=false" },
        { "echo-in-staging", FindingLevel.Note, "DB_ECHO", "staging", "DB_ECHO=true", "DB_ECHO=false" },
        { "debug-log-in-production", FindingLevel.Warning, "LOG_LEVEL", "production", "LOG_LEVEL=DEBUG", "LOG_LEVEL=INFO" },
        { "echo-keys-differ", FindingLevel.Warning, "SQL_ECHO", "development", "DB_ECHO=true\nSQL_ECHO=false", "DB_ECHO=true\nSQL_ECHO=1" },
        { "environment-mismatch", FindingLevel.Warning, "ENVIRONMENT", "production", "ENVIRONMENT=development", "ENVIRONMENT=prod" },
        { "environment-unknown", FindingLevel.Note, "ENVIRONMENT", "production", "ENVIRONMENT=qa", "ENVIRONMENT=production" },
        { "judged-as", FindingLevel.Note, "ENVIRONMENT", "qa", "A=1", "DATABASE_URL=\nENVIRONMENT=x" },
        { "production-on-this-machine", FindingLevel.Note, "DATABASE_URL", "production", "DATABASE_URL=postgresql://u:p@localhost/d", "DATABASE_URL=postgresql://u:p@h/d" },
        { "vault-incomplete", FindingLevel.Warning, "VAULT_ROLE_ID", "production", "VAULT_URL=https://v:8200\nVAULT_SECRET_ID=x", "VAULT_URL=https://v:8200\nVAULT_SECRET_ID=x\nVAULT_ROLE_ID=y" },
        { "vault-not-used", FindingLevel.Note, "VAULT_URL", "staging", "VAULT_URL=https://v:8200", "APP_NAME=v" },
        { "vault-unencrypted", FindingLevel.Warning, "VAULT_URL", "production", "VAULT_URL=http://v:8200", "VAULT_URL=http://127.0.0.1:8200" },
        { "failover-sample", FindingLevel.Note, "DATABASE_REPLICA_URLS", "production", "DATABASE_REPLICA_URLS=postgresql://u:p@h/d", "DATABASE_URL=postgresql://u:p@h/d" },
        { "postgres-scheme", FindingLevel.Error, "DATABASE_REPLICA_URLS", "production", "DATABASE_REPLICA_URLS=postgresql://u:p@h/d,postgres://u:p@i/d", "DATABASE_REPLICA_URLS=postgresql://u:p@h,i/d" },
        { "default-differs", FindingLevel.Note, "DB_POOL_SIZE", "production", "", "DB_POOL_SIZE=20" },
        { "recommendation", FindingLevel.Note, "DB_POOL_SIZE", "staging", "DB_POOL_SIZE=14", "DB_POOL_SIZE=15" },
        { "not-proven-read", FindingLevel.Note, "DB_POOL_PRE_PING", "production", "DB_POOL_PRE_PING=true", "DB_POOL_SIZE=20" },
        { "not-proven-read", FindingLevel.Note, "DB_SSL_MODE", "production", "DB_SSL_MODE=verify-full", "SQL_ECHO=false" },
        { "doubled-prefix", FindingLevel.Note, "DB_DB_POOL_SIZE", "production", "DB_DB_POOL_SIZE=5", "DB_DB_SIZE=5" },
        { "key-case", FindingLevel.Warning, "DATABASE_URL", "production", "Database_Url=x", "DATABASE_URL=x" },
        { "misspelt-key", FindingLevel.Warning, "DATABASE_ULR", "production", "DATABASE_ULR=x", "DATABASE_UUURL=x" },
        { "unknown-key", FindingLevel.Note, "REDIS_URL", "production", "REDIS_URL=x", "APP_NAME=x" },
        { "key-without-value", FindingLevel.Warning, "DEBUG", "production", "DEBUG", "DEBUG=" },
        { "key-without-value", FindingLevel.Warning, "line 2", "production", "A=1\nrest-of-a-secret", "A=1\n#rest-of-a-secret" },
        { "unreadable-line", FindingLevel.Error, "APP_NAME", "production", "APP_NAME=\"a", "APP_NAME=a\"" },
        { "unreadable-line", FindingLevel.Warning, "line 1", "production", "OTHER='a' b", "OTHER='a' #b" },
        { "duplicate-key", FindingLevel.Warning, "DEBUG", "production", "DEBUG=0\nDEBUG=1", "DEBUG=0\n#DEBUG=1" },
        { "duplicate-key", FindingLevel.Note, "DEBUG", "production", "DEBUG=0\nDEBUG=0", "DEBUG=0" },
        { "unresolved-reference", FindingLevel.Warning, "APP_NAME", "production", "APP_NAME=${NAME}", "NAME=x\nAPP_NAME=${NAME}" },
        { "unresolved-reference", FindingLevel.Warning, "JWT_SECRET_KEY", "production", "JWT_SECRET_KEY=${NAME}", "JWT_SECRET_KEY=${NAME:-x}" },
        { "byte-order-mark", FindingLevel.Warning, "DEBUG", "production", "\ufeffDEBUG=0", "DEBUG=0" },
        { "byte-order-mark", FindingLevel.Note, "file", "production", "\ufeff#\nDEBUG=0", "#\nDEBUG=0" },
        { "control-character", FindingLevel.Error, "APP_NAME", "production", "APP_NAME=\"a\nb\"", "OTHER=\"a\nb\"" },
        { "surrounding-space", FindingLevel.Warning, "APP_NAME", "production", "APP_NAME=' a'", "APP_NAME= a" },
        { "empty-value", FindingLevel.Note, "APP_NAME", "production", "APP_NAME=", "APP_NAME=a" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_rule_finds_what_it_is_for_and_lets_the_near_miss_pass(string rule, FindingLevel level, string key, string environment, string text, string nearMiss)
    {
        var found = Validate(environment, text).SingleOrDefault(finding => finding.Rule == rule && finding.Key == key);

        Assert.NotNull(found);
        Assert.Equal(level, found.Level);
        Assert.DoesNotContain(Validate(environment, nearMiss), finding => finding.Rule == rule && finding.Key == key && finding.Level == level && environment != "qa");
    }

    [Fact]
    public void A_secret_that_two_environments_share_is_found()
    {
        const string Key = "JWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe9\n";
        var production = Settings("production", Key + "DATABASE_URL=postgresql://a:Zk39xkPq77sLmQ2v@h/d");
        var development = Settings("development", Key + "DATABASE_URL=postgresql://b:Zk39xkPq77sLmQ2v@localhost/e");
        var other = Settings("staging", "JWT_SECRET_KEY=q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe8\nDATABASE_URL=postgresql://a@h/d");

        var found = EnvironmentValidator.Validate(production, [development, other]).Where(finding => finding.Rule.EndsWith("reused", StringComparison.Ordinal)).ToList();

        Assert.Equal(["DATABASE_URL password-reused", "JWT_SECRET_KEY secret-reused"], found.Select(finding => $"{finding.Key} {finding.Rule}").Order());
        Assert.All(found, finding => Assert.Equal(FindingLevel.Error, finding.Level));
        Assert.All(found, finding => Assert.Contains("development", finding.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(EnvironmentValidator.Validate(production, [other]), finding => finding.Rule.EndsWith("reused", StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_of_an_address_are_told_at_once()
    {
        var rules = Validate("production", "DATABASE_URL=mysql://u:p%zz@h:99999/d?sslmode=on&connect_timeout=soon").Where(finding => finding.Key == "DATABASE_URL").ToList();

        Assert.Equal(
            ["database-url-parameter", "database-url-parameter", "database-url-password", "database-url-port", "database-url-scheme"],
            rules.Where(finding => finding.Level == FindingLevel.Error).Select(finding => finding.Rule).Order());
    }

    [Theory]
    [InlineData("development", null, EnvironmentKind.Development)]
    [InlineData("Prod", null, EnvironmentKind.Production)]
    [InlineData("staging", "production", EnvironmentKind.Staging)]
    [InlineData("qa", null, EnvironmentKind.Production)]
    [InlineData("qa", "development", EnvironmentKind.Development)]
    [InlineData("qa", "other", EnvironmentKind.Production)]
    public void A_name_is_judged_as_itself_then_as_its_file_says_then_strictly(string name, string? declared, EnvironmentKind kind) =>
        Assert.Equal(kind, EnvironmentKinds.Of(name, declared));

    [Fact]
    public void Every_rule_has_a_stable_name_and_words_for_a_person()
    {
        foreach (var row in Table)
        {
            var (environment, text) = ((string)row[3], (string)row[4]);
            Assert.All(Validate(environment, text), finding =>
            {
                Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", finding.Rule);
                Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
                Assert.True(finding.Remedy.Length == 0 || finding.Remedy.EndsWith('.'), finding.Remedy);
                Assert.True(finding.Level == FindingLevel.Note || finding.Remedy.Length > 0, finding.Rule);
                Assert.DoesNotContain('!', finding.Message + finding.Remedy);
            });
        }
    }

    private static EnvironmentSettings Settings(string environment, string text) => new(environment, EnvFile.Parse(text));

    private static IReadOnlyList<Finding> Validate(string environment, string text) => EnvironmentValidator.Validate(Settings(environment, text));
}
