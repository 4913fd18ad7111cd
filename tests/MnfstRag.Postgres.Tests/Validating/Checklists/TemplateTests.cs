using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Checklists;

public sealed class TemplateTests
{
    [Theory]
    [InlineData(EnvironmentKind.Development, "5", "disable", "ca-missing")]
    [InlineData(EnvironmentKind.Staging, "15", "require", "ca-missing")]
    [InlineData(EnvironmentKind.Production, "20", "verify-full", "none")]
    public void A_template_names_every_key_and_sets_what_the_guide_recommends(EnvironmentKind kind, string size, string mode, string notFound)
    {
        var text = EnvironmentTemplate.Of(kind);
        var file = EnvFile.Parse(text);

        Assert.Equal((size, mode, kind.ToString().ToLowerInvariant()), (file.Find("DB_POOL_SIZE")?.Value, file.Find("DB_SSL_MODE")?.Value, file.Find("ENVIRONMENT")?.Value));
        Assert.All(KnownSettings.All, setting => Assert.Matches($"(?m)^(# )?{setting.Key}=", text));
        Assert.Null(file.Find("DATABASE_URL"));
        Assert.DoesNotContain(file.Lines, line => line.Kind is not (EnvLineKind.Assignment or EnvLineKind.Comment or EnvLineKind.Blank));
        var faults = EnvironmentValidator.Validate(new EnvironmentSettings(kind.ToString(), file)).Where(finding => finding.Level == FindingLevel.Error).Select(finding => finding.Rule).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("database-url-missing", faults);
        Assert.DoesNotContain(notFound, faults);
        Assert.Empty(faults.Except(["database-url-missing", "ca-missing"], StringComparer.Ordinal));
    }
}
