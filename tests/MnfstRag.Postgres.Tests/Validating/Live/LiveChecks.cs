using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Live;

/// <summary>Runs the live ring on a text.</summary>
internal static class LiveChecks
{
    /// <summary>"level rule" of every finding, and the findings.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(string text, string environment = "development", LiveOptions? options = null, CancellationToken cancellationToken = default) =>
        await new LiveValidator(options ?? new LiveOptions { ProbeLimit = TimeSpan.FromSeconds(5) }, TimeProvider.System)
            .RunAsync(new EnvironmentSettings(environment, EnvFile.Parse(text)), progress: null, cancellationToken);

    /// <summary>The same with the connection budgets.</summary>
    public static async Task<(IReadOnlyList<Finding> Findings, IReadOnlyList<ConnectionBudget> Budgets)> BudgetsAsync(string text, LiveOptions options)
    {
        var validator = new LiveValidator(options with { ProbeLimit = TimeSpan.FromSeconds(5) }, TimeProvider.System);
        var findings = await validator.RunAsync(new EnvironmentSettings("development", EnvFile.Parse(text)), progress: null, CancellationToken.None);
        return (findings, validator.Budgets);
    }

    public static Finding Of(this IReadOnlyList<Finding> findings, string rule, FindingLevel level) =>
        findings.FirstOrDefault(finding => finding.Rule == rule && finding.Level == level)
        ?? throw new Xunit.Sdk.XunitException($"No {level} {rule} among: {string.Join(" | ", findings.Select(finding => $"{finding.Level} {finding.Key} {finding.Rule}: {finding.Message}"))}");

    public static void AssertNoErrors(this IReadOnlyList<Finding> findings) =>
        Assert.Empty(findings.Where(finding => finding.Level == FindingLevel.Error).Select(finding => $"{finding.Rule}: {finding.Message}"));
}
