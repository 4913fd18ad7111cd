using MnfstRag.Admin.Components.Commands;

namespace MnfstRag.Admin.Tests.Components.Commands;

public sealed class CommandSearchTests
{
    private static readonly Command[] All =
    [
        new("Overview", "Page", "/", Keywords: "health status"),
        new("Connections", "Page", "/connections", Keywords: "locks pg_stat_activity"),
        new("Switch to production-eu", "Environment", "/x"),
        new("Verify the audit log", "Action", "/y"),
    ];

    [Theory]
    [InlineData(null, "Overview|Connections|Switch to production-eu|Verify the audit log")]
    [InlineData("  ", "Overview|Connections|Switch to production-eu|Verify the audit log")]
    [InlineData("CONN", "Connections")]
    [InlineData("audit ver", "Verify the audit log")]
    [InlineData("eu", "Switch to production-eu")]
    [InlineData("activity", "Connections")]
    [InlineData("onnections", "")]
    [InlineData("page", "Overview|Connections")]
    public void Every_word_typed_must_begin_a_word_of_it(string? typed, string found) =>
        Assert.Equal(found, string.Join('|', CommandSearch.Find(All, typed).Select(command => command.Title)));

    [Fact]
    public void A_name_that_begins_with_it_comes_first() =>
        Assert.Equal("Switch to production-eu", CommandSearch.Find([new("Overview", "Page", "/", Keywords: "switch"), .. All], "switch")[0].Title);

    [Fact]
    public void A_name_that_holds_it_comes_before_a_keyword_that_does() =>
        Assert.Equal(
            ["Log in again", "Verify the audit log", "Files"],
            CommandSearch.Find([new("Files", "Page", "/files", Keywords: "log"), .. All, new("Log in again", "Action", "/z")], "log").Select(command => command.Title));
}
