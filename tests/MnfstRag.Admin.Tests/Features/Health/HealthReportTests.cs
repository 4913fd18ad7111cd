using Markdig;
using MnfstRag.Admin.Features.Health;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Tests.Features.Health;

public sealed class HealthReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 14, 12, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("postgresql://u:s3cr3t@db/x was refused", "postgresql://u:•••@db/x was refused")]
    [InlineData("set password = 's3cr3t and more', then", "set password = •••, then")]
    [InlineData("JWT_SECRET_KEY=s3cr3t", "JWT_SECRET_KEY=•••")]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.s3cr3t", "Bearer •••")]
    [InlineData("-----BEGIN PRIVATE KEY-----\ns3cr3t\n-----END PRIVATE KEY-----", "•••")]
    [InlineData("The server refused the password for user mnfst.", "The server refused the password for user mnfst.")]
    [InlineData("version 18.4, table public.documents, at 10.1.2.3:5432", "version 18.4, table public.documents, at 10.1.2.3:5432")]
    public void Secrets_are_blotted_out_and_nothing_else_is(string text, string redacted) => Assert.Equal(redacted, new Redaction("db:5432/x", shortenHosts: false).Of(text));

    [Theory]
    [InlineData("db.internal.example.com:5432 takes connections", "db…:5432 takes connections")]
    [InlineData("10.1.2.3 of other.example.org, version 18.4, public.documents", "10… of other…, version 18.4, public.documents")]
    [InlineData("fe80::1 answers", "fe80… answers")]
    [InlineData("localhost", "localhost")]
    public void Hosts_are_shortened_where_that_is_asked_for(string text, string shortened) => Assert.Equal(shortened, new Redaction("db.internal.example.com:5432,[fe80::1]:5432/x", shortenHosts: true).Of(text));

    [Fact]
    public void What_checks_say_never_becomes_markup()
    {
        const string Hostile = "<script>alert(1)</script> | x [a](http://evil) *b* `c` &amp; # @all \n next";
        var run = Run(Now, Verdict.Failing, Hostile);
        var html = HealthReportHtml.Write(HealthReport.Of(run, [], shortHosts: false));
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", html.Replace("[a](http://evil)", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var markdown = HealthReportMarkdown.Write(HealthReport.Of(run, [], shortHosts: false));
        var row = markdown.Split('\n').Single(line => line.StartsWith("| failing", StringComparison.Ordinal));
        Assert.Contains("\\| x \\[a\\](http://evil) \\*b\\* \\`c\\` &amp;amp; \\# \\@all", row, StringComparison.Ordinal);
        Assert.DoesNotContain('<', row);

        // Rendered, it is one row of text: no link, no emphasis, no tag.
        var rendered = Markdown.ToHtml(markdown, new MarkdownPipelineBuilder().UsePipeTables().Build());
        Assert.DoesNotContain("<a ", rendered, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", rendered, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", rendered, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_needs_no_network()
    {
        var html = HealthReportHtml.Write(HealthReport.Of(Run(Now, Verdict.Ok, "fine"), [], shortHosts: true));
        Assert.All(new[] { "<script", "<img", "<link", "src=", "href=", "@import", "url(" }, word => Assert.DoesNotContain(word, html, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Earlier_runs_say_since_when()
    {
        HealthRun[] earlier = [Run(Now.AddMinutes(-2), Verdict.Failing), Run(Now.AddMinutes(-3), Verdict.Warning), Run(Now.AddMinutes(-4), Verdict.Skipped), Run(Now.AddMinutes(-7), Verdict.Ok), Run(Now.AddMinutes(-8), Verdict.Failing)];
        Assert.Equal(new HealthPast(Now.AddMinutes(-7), Now.AddMinutes(-3), Verdict.Failing), HealthPast.Of(Run(Now, Verdict.Failing), earlier, "tls"));
        Assert.Equal(new HealthPast(Now.AddMinutes(-7), Now, Verdict.Ok), HealthPast.Of(Run(Now, Verdict.Failing), earlier[3..], "tls"));
        Assert.Equal(new HealthPast(null, Now.AddMinutes(-8), Verdict.Failing), HealthPast.Of(Run(Now, Verdict.Warning), earlier[4..], "tls"));
        Assert.Equal(new HealthPast(null, null, Verdict.Failing), HealthPast.Of(Run(Now, Verdict.Ok), earlier, "tls"));
        Assert.Equal(new HealthPast(null, Now, null), HealthPast.Of(Run(Now, Verdict.Failing), [], "tls"));
        Assert.Equal("Worked at 2026-11-26 14:05:00 UTC, fails since 2026-11-26 14:09:00 UTC.", VerdictWords.Past(HealthPast.Of(Run(Now, Verdict.Failing), earlier, "tls"), Verdict.Failing));
    }

    private static HealthRun Run(DateTimeOffset at, Verdict verdict, string evidence = "seen") => new(
        Guid.NewGuid(), "production", "db.internal:5432/mnfst", at, TimeSpan.FromSeconds(1), "sam", [new CheckResult("tls", "Encrypted", new CheckOutcome(verdict, evidence, "Do it."), TimeSpan.FromMilliseconds(3))]);
}
