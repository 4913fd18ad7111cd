using System.Text;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class QueryTextPropertyTests
{
    private const string Secret = "zyxsecretzyx";

    private static readonly string[] Code =
    [
        "SELECT ", "a", " FROM ", "\"Odd\"", "$1", "t1", ", ", "(", ")", " WHERE ", " = ", "::text", "\n", "->", ";", " AND ", "\"q\"\"q\"", "[", "]", "||", "E", "U&", "$x", " - ", " / ", "*",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_literal_put_anywhere_survives(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++)
        {
            var text = new StringBuilder();
            for (var pieces = random.Next(12); pieces >= 0; pieces--)
            {
                text.Append(Code[random.Next(Code.Length)]).Append(' ');
                if (random.Next(2) == 0)
                {
                    text.Append(Literal(random)).Append(' ');
                }
            }

            // A server cuts at any byte.
            var cut = random.Next(3) == 0 ? text.ToString()[..random.Next(text.Length)] : text.ToString();
            var masked = QueryText.Mask(cut);
            Assert.DoesNotContain(Secret, masked, StringComparison.Ordinal);
            Assert.DoesNotContain("4711", masked, StringComparison.Ordinal);
            Assert.True(masked.Length <= cut.Length);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Any_text_is_masked_without_throwing_and_leaves_no_quote_or_digit_outside_names(int seed)
    {
        var random = new Random(seed);
        const string Alphabet = "'\"$EeUuBx&\\-/*;? aä1.\n_😀\0";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var masked = QueryText.Mask(text);
            Assert.DoesNotContain(OutsideNames(masked), letter => letter is '\'' or '1');
            Assert.NotNull(QueryLayout.Lines(text));
        }
    }

    [Fact]
    public void Layout_changes_nothing_but_whitespace()
    {
        var random = new Random(6);
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Code[random.Next(Code.Length)] + (random.Next(3) == 0 ? "? " : " ")));
            Assert.Equal(Dense(text), Dense(QueryLayout.Lines(text)));
        }
    }

    private static string Dense(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    /// <summary>Names and parameters may hold digits; nothing else may.</summary>
    private static string OutsideNames(string text)
    {
        var rest = new StringBuilder();
        var lexer = new SqlLexer(text);
        while (lexer.MoveNext())
        {
            if (lexer.Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.Parameter))
            {
                rest.Append(lexer.Token);
            }
        }

        return rest.ToString();
    }

    private static string Literal(Random random) => random.Next(12) switch
    {
        0 => $"'{Secret}'",
        1 => $"'it''s {Secret}'",
        2 => $"E'\\'{Secret}\\\\'",
        3 => $"U&'{Secret}'",
        4 => $"$${Secret}'$$",
        5 => $"$tag${Secret} $$ $tag$",
        6 => "4711",
        7 => "47.11e-4711",
        8 => $"/* {Secret} /* {Secret} */ */",
        9 => $"-- {Secret}\n",
        10 => $"X'{Secret}'",
        _ => $"'{Secret}\n-- {Secret} $$'",
    };
}
