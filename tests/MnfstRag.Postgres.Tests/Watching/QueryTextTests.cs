using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("SELECT 'secret'", "SELECT ?")]
    [InlineData("SELECT 'it''s', 'b'", "SELECT ?, ?")]
    [InlineData("SELECT ''", "SELECT ?")]
    [InlineData("SELECT E'a\\'b', e'\\\\', 1", "SELECT ?, ?, ?")]
    [InlineData("SELECT U&'\\0441' UESCAPE '!', u&'x'", "SELECT ? UESCAPE ?, ?")]
    [InlineData("SELECT B'101', x'1F', N'n'", "SELECT ?, ?, ?")]
    [InlineData("SELECT $$a'b$$, $tag$ $$ $other$ $tag$, 2", "SELECT ?, ?, ?")]
    [InlineData("SELECT $ä$x$ä$", "SELECT ?")]
    [InlineData("SELECT 1, 1.5, .5, 1e10, 1.2E-3, 0xFF, 1_000, 0b1, 0o7", "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?")]
    [InlineData("SELECT t1.c2, $1, $12 FROM t1 AS x_3", "SELECT t1.c2, $1, $12 FROM t1 AS x_3")]
    [InlineData("SELECT a-1, a+2e-1-b, arr[1:2]", "SELECT a-?, a+?-b, arr[?:?]")]
    [InlineData("SELECT \"Odd 'name' 1\", U&\"d\\0061t\"", "SELECT \"Odd 'name' 1\", U&\"d\\0061t\"")]
    [InlineData("SELECT name'x'", "SELECT name?")]
    [InlineData("SELECT foo$bar$baz, 1", "SELECT foo$bar$baz, ?")]
    [InlineData("/* by ann */ SELECT 1 -- for 42\nFROM t", "/*?*/ SELECT ? --?\nFROM t")]
    [InlineData("/* a /* 'nested */ b */ SELECT 1", "/*?*/ SELECT ?")]
    [InlineData("SELECT /**/ 1 --", "SELECT /**/ ? --")]
    [InlineData("SELECT '-- no comment', '/* none */' FROM t", "SELECT ?, ? FROM t")]
    [InlineData("SELECT doc->'key'->>'k2' @> '{\"a\":1}'::jsonb", "SELECT doc->?->>? @> ?::jsonb")]
    [InlineData("ALTER ROLE ann PASSWORD 'hunter2' VALID UNTIL '2030-01-01'", "ALTER ROLE ann PASSWORD ? VALID UNTIL ?")]
    [InlineData("INSERT INTO messages (content) VALUES ('hello'), (E'\\x41')", "INSERT INTO messages (content) VALUES (?), (?)")]
    [InlineData("COPY t (a) FROM STDIN WITH (FORMAT csv)", "COPY t (a) FROM STDIN WITH (FORMAT csv)")]
    [InlineData("copy t from stdin;\nann\tsecret\n\\.\n", "copy t from stdin;?")]
    [InlineData("SELECT stdin FROM copy; SELECT b", "SELECT stdin FROM copy; SELECT b")]
    [InlineData("COPY t FROM STDIN;\n", "COPY t FROM STDIN;")]
    [InlineData("BEGIN", "BEGIN")]
    public void Literals_and_comments_are_masked_and_the_rest_stays(string text, string expected)
    {
        Assert.Equal(expected, QueryText.Mask(text));
    }

    [Theory]
    [InlineData("SELECT 'cut off here", "SELECT ?")]
    [InlineData("SELECT E'cut\\", "SELECT ?")]
    [InlineData("SELECT $tag$ cut $ta", "SELECT ?")]
    [InlineData("SELECT $ta", "SELECT ?")]
    [InlineData("SELECT $", "SELECT ?")]
    [InlineData("SELECT /* cut 'x' /* deeper */ still", "SELECT /*?")]
    [InlineData("SELECT /*", "SELECT /*")]
    [InlineData("SELECT 1 -- cut", "SELECT ? --?")]
    [InlineData("SELECT \"cut", "SELECT ?")]
    [InlineData("SELECT U&'cut", "SELECT ?")]
    [InlineData("'", "?")]
    [InlineData("", "")]
    public void Text_that_was_cut_is_masked_to_its_end(string text, string expected)
    {
        Assert.Equal(expected, QueryText.Mask(text));
    }

    [Theory]
    [InlineData(@"SELECT 'a\', secret, 'b'")]
    [InlineData(@"SELECT 'a\'' || secret || 'b'")]
    [InlineData(@"SELECT U&'a\' , secret , ' '")]
    public void A_string_that_ends_only_under_one_setting_masks_all_that_follows(string text)
    {
        // With standard_conforming_strings off, "secret" is inside the string.
        Assert.Equal("SELECT ?", QueryText.Mask(text));
    }

    [Fact]
    public void An_even_number_of_backslashes_ends_the_string_under_both_settings()
    {
        Assert.Equal("SELECT ? || name", QueryText.Mask(@"SELECT 'a\\' || name"));
    }

    [Fact]
    public void Text_without_literals_is_returned_as_it_is()
    {
        const string Text = "SELECT a FROM b WHERE c = $1";
        Assert.Same(Text, QueryText.Mask(Text));
    }

    [Fact]
    public void A_hostile_megabyte_takes_no_longer_than_a_plain_one()
    {
        foreach (var piece in new[] { "$a$ ", "/*", "'\\'", "$a", "\"\"", "1e", "E'\\", "--", "$$ $a$ " })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
            var began = TimeProvider.System.GetTimestamp();
            QueryText.Mask(text);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(1), piece);
        }
    }
}
