using Bunit;
using MnfstRag.Admin.Features.Tenants;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>What others wrote is drawn, and never becomes markup by itself.</summary>
public sealed class MarkdownTextTests : BunitContext
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a <b onclick='alert(1)'>bold</b> word")]
    [InlineData("<iframe src='javascript:alert(1)'></iframe>\n\nafter")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("| a | b |\n|---|---|\n| <script>x</script> | [y](javascript:alert(1)) |")]
    public void Html_stays_text(string text)
    {
        var drawn = Render<MarkdownText>(parameters => parameters.Add(one => one.Text, text));

        Assert.Empty(drawn.FindAll("script, img, iframe, svg, b, [onclick], [onerror], [onload]"));
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](vbscript:x)")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x]( javascript:alert(1))")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](/relative)")]
    [InlineData("[x]\n\n[x]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    public void A_link_leads_to_the_web_or_nowhere(string text)
    {
        var drawn = Render<MarkdownText>(parameters => parameters.Add(one => one.Text, text));

        Assert.Empty(drawn.FindAll("a"));
    }

    [Fact]
    public void A_link_to_the_web_opens_apart_and_tells_nobody_where_from()
    {
        var link = Render<MarkdownText>(parameters => parameters.Add(one => one.Text, "see [the manual](https://example.org/a?b=1) and mail <a@example.org>")).FindAll("a");

        Assert.Equal(["https://example.org/a?b=1", "mailto:a@example.org"], link.Select(one => one.GetAttribute("href")));
        Assert.All(link, one => Assert.Equal(("_blank", "noreferrer noopener nofollow"), (one.GetAttribute("target"), one.GetAttribute("rel"))));
    }

    [Fact]
    public void Lists_code_quotes_tables_and_emphasis_are_drawn()
    {
        var drawn = Render<MarkdownText>(parameters => parameters.Add(one => one.Text, "# Head\n\n- one\n- **two** and *three*\n\n> said\n\n```sql\nSELECT '<b>';\n```\n\n`x`\n\n| a |\n|---|\n| 1 |\n\n![a picture](https://evil.example/track.png)"));

        Assert.Equal(2, drawn.FindAll("li").Count);
        Assert.Equal(("two", "three", "said"), (drawn.Find("strong").TextContent, drawn.Find("em").TextContent, drawn.Find("blockquote").TextContent.Trim()));
        Assert.Equal("SELECT '<b>';", drawn.Find("pre code").TextContent);
        Assert.Equal("1", drawn.Find("td").TextContent);
        Assert.Equal("picture, not shown: a picture", drawn.Find(".md-picture").TextContent);
    }

    [Fact]
    public void What_hides_or_turns_is_spelled_out_and_joiners_stay()
    {
        var text = Render<MarkdownText>(parameters => parameters.Add(one => one.Text, "a\u202Eb\u200Bc\u001b[31md \U0001F468\u200D\U0001F4BB")).Find("p").TextContent;

        Assert.Equal("a\\u202Eb\\u200Bc\\u001B[31md \U0001F468\u200D\U0001F4BB", text);
    }

    [Fact]
    public void Deep_nesting_and_long_nonsense_are_drawn_in_time()
    {
        foreach (var text in new[] { new string('>', 20_000), new string('[', 20_000), string.Concat(Enumerable.Repeat("* ", 5_000)), string.Concat(Enumerable.Repeat("**a", 5_000)), new string('`', 20_001) })
        {
            Assert.NotEmpty(Render<MarkdownText>(parameters => parameters.Add(one => one.Text, text)).Markup);
        }
    }

    [Theory]
    [InlineData(4_000, 60_000, "Show more of these")]
    [InlineData(60_000, 10_485_760, "Show more of these")]
    [InlineData(2_500, 2_500, "Show more of these")]
    public void A_long_message_is_folded_and_unfolds(int read, int bytes, string button)
    {
        var asked = 0;
        var line = new TranscriptLine(Guid.NewGuid(), "user", DateTimeOffset.UnixEpoch, string.Concat(Enumerable.Repeat("word ", read / 5)), bytes, read == bytes);
        var drawn = Render<MessageText>(parameters => parameters.Add(one => one.Line, line).Add(one => one.OnMore, () => asked++));

        Assert.InRange(drawn.Find(".message-text").TextContent.Length, 500, 1_500);
        Assert.StartsWith(button, drawn.Find("button").TextContent, StringComparison.Ordinal);
        drawn.Find("button").Click();

        Assert.InRange(drawn.Find(".message-text").TextContent.Length, read - 20, read + 20);
        Assert.Equal(read == bytes ? 0 : 1, asked);
        Assert.Equal(read == bytes ? "Fold it again" : "Download all of it", drawn.Find("button").TextContent);
    }

    [Theory]
    [InlineData("Embedding request failed: 429 Too Many Requests after 5 attempts", "The embedding service was busy")]
    [InlineData("The PDF is password protected", "Protected by a password")]
    [InlineData("No text could be extracted: the scan has no text layer", "No text in it")]
    [InlineData("Chunking timed out after 300 s", "It took too long")]
    [InlineData("Unsupported encoding: byte 0x9d at offset 18231 is not UTF-8", "The text's encoding is not understood")]
    [InlineData("Vector store rejected the batch: dimension 1536 expected, 3072 given", "The vector store refused it")]
    [InlineData("something else", "Another reason")]
    [InlineData("  ", "No reason was written")]
    [InlineData(null, "No reason was written")]
    public void An_error_is_told_in_words(string? error, string name) => Assert.Equal(name, FailureWords.Of(error).Name);
}
