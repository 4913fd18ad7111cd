using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Rules;

/// <summary>
/// Files as people have them, each with the findings that it must give: beside <c>name.env</c> stands <c>name.expected</c>, with the
/// environment on its first line and then one finding a line: level, key, rule.
/// </summary>
public sealed class CorpusTests
{
    /// <summary>Everything in the corpus that is a secret.</summary>
    private static readonly string[] Secrets = ["q8Zr0vN3xYtB6mWc1LdK", "j5HsGf2PaUe9", "Zk39xkPq77sLmQ2v", "QmFzZTY0UmVzdA", "7c1e5a90", "this-is-my-very-long", "p%zz", "12/ss", "p@ss"];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Validating", "corpus");

    public static TheoryData<string> Names => new(Directory.EnumerateFiles(Folder, "*.env").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_gives_the_findings_that_stand_beside_it(string name)
    {
        var expected = File.ReadAllLines(Path.Combine(Folder, $"{name}.expected"));
        var findings = Validate(name, expected[0]);

        Assert.Equal(
            expected.Skip(1).Order(StringComparer.Ordinal),
            findings.Select(finding => $"{finding.Level.ToString().ToLowerInvariant()} {finding.Key} {finding.Rule}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_finding_repeats_a_secret_and_the_file_comes_back_as_it_was(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, $"{name}.env"));

        Assert.Equal(bytes, EnvFile.Read(bytes).ToBytes());
        Assert.All(Validate(name, "production"), finding =>
            Assert.All(Secrets, secret => Assert.DoesNotContain(secret, $"{finding.Key} {finding.Message} {finding.Remedy}", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_corpus_has_at_least_sixty_files() => Assert.InRange(Directory.GetFiles(Folder, "*.env").Length, 60, int.MaxValue);

    private static IReadOnlyList<Finding> Validate(string name, string environment) =>
        EnvironmentValidator.Validate(new EnvironmentSettings(environment, EnvFile.Read(File.ReadAllBytes(Path.Combine(Folder, $"{name}.env")))));
}
