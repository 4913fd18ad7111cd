namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Splits SQL text as PostgreSQL's lexer does, one pass and no allocation. Where a text can be read in two ways (a string that
/// ends only under one setting of standard_conforming_strings) or was cut in the middle, all that follows is a literal: nothing
/// that might be data is ever taken for code.
/// </summary>
internal ref struct SqlLexer(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    /// <summary>Where the current token begins.</summary>
    public int Start { get; private set; }

    /// <summary>What the current token is.</summary>
    public SqlTokenKind Kind { get; private set; }

    /// <summary>The token's text is closed as it must be; false for what the end of the text cut off.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The current token.</summary>
    public readonly ReadOnlySpan<char> Token => _text[Start.._next];

    /// <summary>Goes to the next token; false at the end.</summary>
    public bool MoveNext()
    {
        if (_next >= _text.Length)
        {
            return false;
        }

        Start = _next;
        IsComplete = true;
        var first = _text[_next];
        Kind = first switch
        {
            '\'' => String(prefix: 0, escapes: false),
            '"' => QuotedName(prefix: 0),
            '$' => Dollar(),
            '-' when Peek(1) == '-' => LineComment(),
            '/' when Peek(1) == '*' => BlockComment(),
            '.' when char.IsAsciiDigit(Peek(1)) => Number(),
            _ when char.IsAsciiDigit(first) => Number(),
            _ when char.IsWhiteSpace(first) => Space(),
            _ when IsNameStart(first) => NameOrPrefixedString(first),
            _ => Symbol(),
        };
        return true;
    }

    /// <summary>Makes all that is left the current token, a literal.</summary>
    public void TakeRest()
    {
        Start = _next;
        Kind = ToEnd();
    }

    private static bool IsNameStart(char letter) => char.IsAsciiLetter(letter) || letter == '_' || letter >= 0x80;

    private static bool IsNamePart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$' || letter >= 0x80;

    private readonly char Peek(int ahead) => _next + ahead < _text.Length ? _text[_next + ahead] : '\0';

    private SqlTokenKind ToEnd()
    {
        _next = _text.Length;
        IsComplete = false;
        return SqlTokenKind.Literal;
    }

    private SqlTokenKind Symbol()
    {
        _next++;
        return SqlTokenKind.Symbol;
    }

    private SqlTokenKind Space()
    {
        while (_next < _text.Length && char.IsWhiteSpace(_text[_next]))
        {
            _next++;
        }

        return SqlTokenKind.Space;
    }

    private SqlTokenKind NameOrPrefixedString(char first)
    {
        var second = Peek(1);
        if (second == '\'' && first is 'e' or 'E' or 'b' or 'B' or 'x' or 'X' or 'n' or 'N')
        {
            return String(prefix: 1, escapes: first is 'e' or 'E');
        }

        if (second == '&' && first is 'u' or 'U' && Peek(2) is '\'' or '"')
        {
            return Peek(2) == '"' ? QuotedName(prefix: 2) : String(prefix: 2, escapes: false);
        }

        while (_next < _text.Length && IsNamePart(_text[_next]))
        {
            _next++;
        }

        return SqlTokenKind.Word;
    }

    private SqlTokenKind String(int prefix, bool escapes)
    {
        var backslashes = 0;
        for (_next += prefix + 1; _next < _text.Length; _next++)
        {
            var letter = _text[_next];
            if (letter == '\\')
            {
                backslashes++;
                continue;
            }

            var escaped = backslashes % 2 == 1;
            backslashes = 0;
            if (letter != '\'' || (escaped && escapes))
            {
                continue;
            }

            if (escaped)
            {
                // The string ends here only where standard_conforming_strings is on, which the text does not tell.
                return ToEnd();
            }

            if (Peek(1) == '\'')
            {
                _next++;
                continue;
            }

            _next++;
            return SqlTokenKind.Literal;
        }

        return ToEnd();
    }

    private SqlTokenKind QuotedName(int prefix)
    {
        for (_next += prefix + 1; _next < _text.Length; _next++)
        {
            if (_text[_next] != '"')
            {
                continue;
            }

            if (Peek(1) != '"')
            {
                _next++;
                return SqlTokenKind.QuotedName;
            }

            _next++;
        }

        return ToEnd();
    }

    private SqlTokenKind Dollar()
    {
        if (char.IsAsciiDigit(Peek(1)))
        {
            for (_next++; _next < _text.Length && char.IsAsciiDigit(_text[_next]); _next++)
            {
            }

            return SqlTokenKind.Parameter;
        }

        var end = _next + 1;
        while (end < _text.Length && _text[end] != '$' && IsNamePart(_text[end]))
        {
            end++;
        }

        if (end >= _text.Length)
        {
            // The text may have been cut inside the tag: what follows would have been the string.
            return ToEnd();
        }

        if (_text[end] != '$')
        {
            return Symbol();
        }

        var tag = _text[_next..(end + 1)];
        var close = _text[(end + 1)..].IndexOf(tag);
        if (close < 0)
        {
            return ToEnd();
        }

        _next = end + 1 + close + tag.Length;
        return SqlTokenKind.Literal;
    }

    private SqlTokenKind Number()
    {
        for (; _next < _text.Length; _next++)
        {
            var letter = _text[_next];
            var sign = letter is '+' or '-' && _next > Start && _text[_next - 1] is 'e' or 'E' && char.IsAsciiDigit(Peek(1));
            if (!sign && letter != '.' && !IsNamePart(letter))
            {
                break;
            }
        }

        return SqlTokenKind.Literal;
    }

    private SqlTokenKind LineComment()
    {
        var end = _text[_next..].IndexOfAny('\n', '\r');
        _next = end < 0 ? _text.Length : _next + end;
        IsComplete = end >= 0;
        return SqlTokenKind.LineComment;
    }

    private SqlTokenKind BlockComment()
    {
        var depth = 0;
        while (_next < _text.Length)
        {
            if (_text[_next] == '/' && Peek(1) == '*')
            {
                depth++;
                _next += 2;
            }
            else if (_text[_next] == '*' && Peek(1) == '/')
            {
                _next += 2;
                if (--depth == 0)
                {
                    return SqlTokenKind.BlockComment;
                }
            }
            else
            {
                _next++;
            }
        }

        IsComplete = false;
        return SqlTokenKind.BlockComment;
    }
}
