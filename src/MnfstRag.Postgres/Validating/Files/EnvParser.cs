using System.Text;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Splits a .env text into statements by python-dotenv's grammar, which pydantic-settings uses too. Any text gives statements whose
/// characters, joined, are the text; none throws.
/// </summary>
internal ref struct EnvParser(string text)
{
    private int _at;
    private int _line = 1;

    public static List<EnvLine> Parse(string text)
    {
        var parser = new EnvParser(text);
        var lines = new List<EnvLine>();
        while (parser._at < text.Length)
        {
            lines.Add(parser.Next());
        }

        return lines;
    }

    private EnvLine Next()
    {
        var start = _at;
        SkipWhile(IsSpace);
        _line += LineEnds(start, _at);
        var (begin, number) = (_at, _line);
        if (begin == text.Length)
        {
            return new(EnvLineKind.Blank, number, text[start..], "", "");
        }

        var line = Statement(start, number);
        if (line is null)
        {
            // As python-dotenv does: what comes after the failure is skipped to the end of its line.
            RestOfLine();
            line = new(EnvLineKind.Unreadable, number, text[start.._at], "", "");
        }

        _line += LineEnds(begin, _at);
        return line;
    }

    private EnvLine? Statement(int start, int number)
    {
        if (Peek() == '#')
        {
            return EndOfLine() ? new(EnvLineKind.Comment, number, text[start.._at], "", "") : null;
        }

        var exported = SkipExport();
        if (Key() is not { } key)
        {
            return null;
        }

        SkipWhile(IsBlank);
        if (Peek() != '=')
        {
            return EndOfLine() ? new(EnvLineKind.BareKey, number, text[start.._at], "", "", key, Value: null, exported) : null;
        }

        _at++;
        SkipWhile(IsBlank);
        var valueStart = _at;
        if (Value() is not { } value)
        {
            return null;
        }

        var valueEnd = _at;
        return EndOfLine()
            ? new(EnvLineKind.Assignment, number, text[start..valueStart], text[valueStart..valueEnd], text[valueEnd.._at], key, value, exported)
            : null;
    }

    private bool SkipExport()
    {
        const string Word = "export";
        var after = _at + Word.Length;
        if (after >= text.Length || !text.AsSpan(_at).StartsWith(Word, StringComparison.Ordinal) || !IsBlank(text[after]))
        {
            return false;
        }

        _at = after;
        SkipWhile(IsBlank);
        return true;
    }

    private string? Key()
    {
        if (Peek() == '\'')
        {
            var close = text.IndexOf('\'', _at + 1);
            if (close <= _at + 1)
            {
                return null;
            }

            var quoted = text[(_at + 1)..close];
            _at = close + 1;
            return quoted;
        }

        var start = _at;
        SkipWhile(letter => letter is not ('=' or '#') && !IsSpace(letter));
        return _at == start ? null : text[start.._at];
    }

    private string? Value() => Peek() switch
    {
        '\'' => Quoted('\'', "\\'"),
        '"' => Quoted('"', "\\'\"abfnrtv"),
        null or '\n' or '\r' => "",
        _ => Unquoted(),
    };

    private string Unquoted()
    {
        var start = _at;
        SkipWhile(letter => letter is not ('\n' or '\r'));
        var end = _at;
        for (var i = start + 1; i < end; i++)
        {
            if (text[i] == '#' && IsSpace(text[i - 1]))
            {
                end = i;
                break;
            }
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        // The comment is left to the end of the line.
        _at = end;
        return text[start..end];
    }

    /// <summary>
    /// A quoted value may run over lines. A backslash keeps the next quote from closing, whatever stands before it; only where no other
    /// quote closes, the last such quote does.
    /// </summary>
    private string? Quoted(char quote, string escapes)
    {
        var start = _at + 1;
        var lastEscaped = -1;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == quote)
            {
                lastEscaped = ++i;
            }
            else if (text[i] == quote)
            {
                return Close(start, i, escapes);
            }
        }

        return lastEscaped < 0 ? null : Close(start, lastEscaped, escapes);
    }

    private string Close(int start, int end, string escapes)
    {
        _at = end + 1;
        return Unescape(text[start..end].ReplaceLineEndings("\n"), escapes);
    }

    private static string Unescape(string value, string escapes)
    {
        if (!value.Contains('\\'))
        {
            return value;
        }

        var decoded = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length || !escapes.Contains(value[i + 1]))
            {
                decoded.Append(value[i]);
                continue;
            }

            decoded.Append(value[++i] switch
            {
                'a' => '\a',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                var itself => itself,
            });
        }

        return decoded.ToString();
    }

    /// <summary>White space, a comment, and the line's end; false when something else stands there.</summary>
    private bool EndOfLine()
    {
        SkipWhile(IsBlank);
        if (Peek() == '#')
        {
            SkipWhile(letter => letter is not ('\n' or '\r'));
        }

        return _at == text.Length || LineEnd();
    }

    private void RestOfLine()
    {
        SkipWhile(letter => letter is not ('\n' or '\r'));
        LineEnd();
    }

    private bool LineEnd()
    {
        switch (Peek())
        {
            case '\r':
                _at++;
                _at += Peek() == '\n' ? 1 : 0;
                return true;
            case '\n':
                _at++;
                return true;
            default:
                return false;
        }
    }

    private readonly int LineEnds(int from, int to)
    {
        var count = 0;
        for (var i = from; i < to; i++)
        {
            count += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')) ? 1 : 0;
        }

        return count;
    }

    private readonly char? Peek() => _at < text.Length ? text[_at] : null;

    private void SkipWhile(Func<char, bool> condition)
    {
        while (_at < text.Length && condition(text[_at]))
        {
            _at++;
        }
    }

    // Python counts the four separators of ASCII as white space.
    private static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is >= '\x1c' and <= '\x1f';

    private static bool IsBlank(char letter) => IsSpace(letter) && letter is not ('\n' or '\r');
}
