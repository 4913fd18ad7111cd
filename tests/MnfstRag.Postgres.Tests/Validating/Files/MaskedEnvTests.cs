using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Files;

public sealed class MaskedEnvTests
{
    private const string Text =
        "\uFEFF# Pool: see the guide\r\n\r\nexport DATABASE_URL=\"postgresql://mnfst:hunter2hunter2@db.internal:5432/rag\" # primary\r\n"
        + "DB_POOL_SIZE=5\r\nDB_POOL_SIZE='7'\r\n# old: JWT_SECRET_KEY=hunter2-in-a-comment\r\nJWT_SECRET_KEY='hunter2\nover two lines'\r\n"
        + "WEB_CONCURRENCY=4\r\nOPENAI_API_KEY=hunter2-of-a-stranger\r\nSMTP_PIN=123456\r\nALLOWED_ORIGINS=https://ada:hunter2@example.com\r\n"
        + "aHVudGVyMg==\r\nhunter2 stands alone\r\nLOG_LEVEL=INFO # was hunter2=\r\nAPP_NAME=MNFST";

    private static readonly EnvFile Original = EnvFile.Parse(Text);

    [Fact]
    public void Nothing_that_may_be_a_secret_is_shown_and_what_is_none_can_be_read()
    {
        var shown = MaskedEnv.Mask(Original);
        foreach (var secret in new[] { "hunter2", "123456", "aHVudGVyMg" })
        {
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, MaskedEnv.WithReferences(Original), StringComparison.Ordinal);
        }

        foreach (var plain in new[] { "# Pool: see the guide\r\n", "export DATABASE_URL=«kept:", " # primary\r\n", "DB_POOL_SIZE='7'", "WEB_CONCURRENCY=4", "APP_NAME=MNFST" })
        {
            Assert.Contains(plain, shown, StringComparison.Ordinal);
        }

        Assert.Contains("DATABASE_URL=${DATABASE_URL} # primary", MaskedEnv.WithReferences(Original), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_masked_is_restored_to_the_character_wherever_lines_are_moved_and_whatever_is_set_beside()
    {
        var file = MaskedEnv.Restore(MaskedEnv.Mask(Original), Original, out var kept, out var findings);
        Assert.Equal((Text, 0), (file.ToText(), findings.Count));
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "DATABASE_URL", "JWT_SECRET_KEY", "OPENAI_API_KEY" }, kept.ToHashSet(StringComparer.Ordinal));

        Assert.True(EnvFile.Parse(MaskedEnv.Mask(Original)).TrySet("DB_POOL_SIZE", "9", out var edited));
        var saved = MaskedEnv.Restore(edited.ToText(), Original, out _, out findings);
        Assert.Empty(findings);
        Assert.Equal(Text.Replace("'7'", "9", StringComparison.Ordinal), saved.ToText());
    }

    [Fact]
    public void A_value_that_was_typed_is_not_a_kept_one()
    {
        Assert.True(EnvFile.Parse(MaskedEnv.Mask(Original)).TrySet("JWT_SECRET_KEY", "typed", out var edited));
        var saved = MaskedEnv.Restore(edited.ToText(), Original, out var kept, out var findings);
        Assert.Empty(findings);
        Assert.Equal("typed", saved.Find("JWT_SECRET_KEY")!.Value);
        Assert.DoesNotContain("JWT_SECRET_KEY", kept);
    }

    [Theory]
    [InlineData("APP_NAME=«kept:1»")]
    [InlineData("DATABASE_URL=«kept:1»x")]
    [InlineData("DATABASE_URL='«kept:1»'")]
    [InlineData("DATABASE_URL=«kept:99»")]
    [InlineData("DB_POOL_SIZE=«kept:2»")]
    [InlineData("# «kept:1»")]
    [InlineData("# see «kept:4»")]
    public void A_mark_never_gives_a_value_to_another_key_or_place(string text)
    {
        Assert.StartsWith("export DATABASE_URL=", Original.Lines[1].Text.TrimStart(), StringComparison.Ordinal);
        var file = MaskedEnv.Restore(text, Original, out _, out var findings);
        Assert.Equal(("kept-mark", FindingLevel.Error), (Assert.Single(findings).Rule, findings[0].Level));
        Assert.DoesNotContain("hunter2", file.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_opened_above_swallows_no_kept_value()
    {
        var file = MaskedEnv.Restore("APP_NAME='\nJWT_SECRET_KEY=«kept:6»\n", Original, out _, out var findings);
        Assert.True(findings.Count > 0 || file.Find("APP_NAME")?.Value?.Contains("hunter2", StringComparison.Ordinal) != true, file.ToString());
        Assert.DoesNotContain("hunter2", MaskedEnv.Mask(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_masked_and_restored_to_the_same()
    {
        var random = new Random(7);
        string[] pieces = ["DATABASE_URL", "=", "'", "\"", "\n", "\r\n", "#", " ", "${A}", "export ", "JWT_SECRET_KEY", "«kept:0»", "x=y", "\\", "12", "pässwörd", "\uFEFF", "APP_NAME"];
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 16)).Select(_ => pieces[random.Next(pieces.Length)]));
            var file = EnvFile.Parse(text);
            var back = MaskedEnv.Restore(MaskedEnv.Mask(file), file, out _, out var findings);
            Assert.True(findings.Count > 0 || back.ToText() == text, $"«{text}» became «{back.ToText()}»");
            Assert.True(findings.Count == 0 || text.Contains("«kept", StringComparison.Ordinal), $"«{text}»: {string.Join(' ', findings)}");
        }
    }
}
