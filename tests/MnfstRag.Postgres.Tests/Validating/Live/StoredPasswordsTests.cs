using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Live;

public sealed class StoredPasswordsTests
{
    private const string Stored = "DB_PASSWORD=hunter2hunter2\nDATABASE_URL=postgresql://mnfst:${DB_PASSWORD}@db.internal/rag\nDB_SSL_MODE=verify-full\nDB_SSL_CA_PATH=/ca.pem\n";

    [Theory]
    [InlineData("DB_POOL_SIZE=9\n", true)]
    [InlineData("DATABASE_URL=postgresql://mnfst:${DB_PASSWORD}@DB.internal:5432/other\n", true)]
    [InlineData("DATABASE_URL=postgresql://mnfst:${DB_PASSWORD}@evil.example/rag\n", false)]
    [InlineData("DATABASE_URL=postgresql://mnfst:${DB_PASSWORD}@db.internal:6543/rag\n", false)]
    [InlineData("DATABASE_URL=postgresql://postgres:${DB_PASSWORD}@db.internal/rag\n", false)]
    [InlineData("DATABASE_URL=postgresql://mnfst:${DB_PASSWORD}@db.internal,evil.example/rag\n", false)]
    [InlineData("DATABASE_URL=postgresql://mnfst:${DB_PASSWORD}@db.internal/rag?sslmode=disable\n", false)]
    [InlineData("DB_SSL_MODE=require\nDB_SSL_CA_PATH=\n", false)]
    [InlineData("DB_SSL_CA_PATH=/mine.pem\n", false)]
    [InlineData("DATABASE_REPLICA_URLS=postgresql://mnfst:${DB_PASSWORD}@db.internal/rag\n", true)]
    [InlineData("DATABASE_URL=postgresql://mnfst:typed@evil.example/rag\n", true)]
    public void A_stored_password_goes_only_where_it_was_typed_for(string added, bool allowed)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal) { "DB_PASSWORD" };
        var findings = StoredPasswords.Judge(new("production", EnvFile.Parse(Stored)), new("production", EnvFile.Parse(Stored + added)), kept);
        Assert.Equal(allowed, findings.Count == 0);
        Assert.All(findings, finding => Assert.Equal(("secret-again", FindingLevel.Error), (finding.Rule, finding.Level)));
        Assert.All(findings, finding => Assert.DoesNotContain("hunter2", finding.Message + finding.Remedy, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("VAULT_URL=https://vault:8200/\n", true)]
    [InlineData("VAULT_URL=https://evil:8200\n", false)]
    [InlineData("VAULT_URL=http://vault:8200\n", false)]
    [InlineData("VAULT_ROLE_ID=other\n", false)]
    public void A_stored_SecretID_goes_only_to_the_Vault_that_it_was_typed_for(string added, bool allowed)
    {
        const string Vault = "VAULT_URL=https://vault:8200\nVAULT_ROLE_ID=role\nVAULT_SECRET_ID=hunter2\n";
        var findings = StoredPasswords.Judge(new("production", EnvFile.Parse(Vault)), new("production", EnvFile.Parse(Vault + added)), new HashSet<string>(["VAULT_SECRET_ID"]));
        Assert.Equal(allowed ? [] : ["VAULT_SECRET_ID"], findings.Select(finding => finding.Key));
        Assert.Empty(StoredPasswords.Judge(new("production", EnvFile.Parse(Vault)), new("production", EnvFile.Parse(Vault + added)), new HashSet<string>()));
    }
}
