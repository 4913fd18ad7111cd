using System.Buffers;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Query text as a person may see it. The product's driver binds on the client, so literals hold message text and password
/// hashes: what is shown or stored has every literal, and the content of every comment, replaced by a question mark.
/// </summary>
public static class QueryText
{
    /// <summary>What stands where a literal or the content of a comment stood.</summary>
    public const char Mark = '?';

    /// <summary>The text masked. Linear in its length, never longer than it; never throws. Names, keywords and <c>$1</c> stay.</summary>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var buffer = ArrayPool<char>.Shared.Rent(Math.Max(text.Length, 1));
        try
        {
            var length = Mask(text, buffer);
            return text.AsSpan().SequenceEqual(buffer.AsSpan(0, length)) ? text : new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static int Mask(ReadOnlySpan<char> text, Span<char> into)
    {
        var length = 0;
        var copy = CopyWatch.Start;
        var lexer = new SqlLexer(text);
        while (lexer.MoveNext())
        {
            switch (lexer.Kind)
            {
                case SqlTokenKind.Literal:
                    into[length++] = Mark;
                    break;
                case SqlTokenKind.LineComment or SqlTokenKind.BlockComment:
                    length += MaskComment(lexer, into[length..]);
                    break;
                default:
                    lexer.Token.CopyTo(into[length..]);
                    length += lexer.Token.Length;
                    break;
            }

            copy = copy.After(lexer.Kind, lexer.Token);
            if (copy.DataFollows)
            {
                copy = CopyWatch.Start;
                lexer.TakeRest();
                if (!lexer.Token.IsWhiteSpace())
                {
                    into[length++] = Mark;
                }
            }
        }

        return length;
    }

    /// <summary>Keeps the delimiters that are there; one mark stands for any content.</summary>
    private static int MaskComment(in SqlLexer lexer, Span<char> into)
    {
        var token = lexer.Token;
        var close = lexer is { Kind: SqlTokenKind.BlockComment, IsComplete: true } ? 2 : 0;
        token[..2].CopyTo(into);
        var length = 2;
        if (token.Length > 2 + close)
        {
            into[length++] = Mark;
        }

        token[^close..].CopyTo(into[length..]);
        return length + close;
    }
}
