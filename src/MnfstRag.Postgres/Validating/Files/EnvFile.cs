using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// A .env file, kept to the byte: comments, order, quotes, line ends, a byte order mark and what cannot be read all survive.
/// It holds secrets: never log or render it.
/// </summary>
public sealed class EnvFile
{
    /// <summary>Longest file that is read, in bytes.</summary>
    public const int LongestFile = 1024 * 1024;

    private const char Mark = '\uFEFF';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private EnvFile(IReadOnlyList<EnvLine> lines, bool hasMark, bool isUtf8) => (Lines, HasByteOrderMark, IsUtf8) = (lines, hasMark, isUtf8);

    /// <summary>Every statement, in order.</summary>
    public IReadOnlyList<EnvLine> Lines { get; }

    /// <summary>The file begins with a byte order mark, which python-dotenv takes for a part of the first key.</summary>
    public bool HasByteOrderMark { get; }

    /// <summary>False where the bytes are no UTF-8: Python refuses such a file.</summary>
    public bool IsUtf8 { get; }

    /// <summary>Reads a file's bytes. Any bytes give a file; none throw.</summary>
    public static EnvFile Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Parse(Strict.GetString(bytes), isUtf8: true);
        }
        catch (DecoderFallbackException)
        {
            // Latin-1 has a character for each byte, so that the way back gives the same bytes.
            return Parse(Encoding.Latin1.GetString(bytes), isUtf8: false);
        }
    }

    /// <summary>Reads a text. Any text gives a file; none throws.</summary>
    public static EnvFile Parse(string text) => Parse(text, isUtf8: true);

    /// <summary>What <see cref="Parse(string)"/> read, to the character.</summary>
    public string ToText()
    {
        var text = new StringBuilder(HasByteOrderMark ? "\uFEFF" : "");
        foreach (var line in Lines)
        {
            text.Append(line.Prefix).Append(line.Raw).Append(line.Suffix);
        }

        return text.ToString();
    }

    /// <summary>What <see cref="Read"/> read, to the byte.</summary>
    public byte[] ToBytes() => (IsUtf8 ? Strict : Encoding.Latin1).GetBytes(ToText());

    /// <summary>The statement that gives <paramref name="key"/> its value: the last one; null when there is none.</summary>
    public EnvLine? Find(string key) => Lines.LastOrDefault(line => line.Key == key && line.Kind is EnvLineKind.Assignment);

    /// <summary>
    /// The same file with <paramref name="key"/> set: its last assignment keeps its place, <c>export</c> and comment, and a new key goes
    /// to the end. False where no .env file can carry the value unharmed, or the key is none.
    /// </summary>
    public bool TrySet(string key, string value, [NotNullWhen(true)] out EnvFile? changed)
    {
        changed = null;
        if (!EnvText.IsKey(key) || EnvText.Quote(value) is not { } raw)
        {
            return false;
        }

        var lines = Lines.ToList();
        if (Find(key) is { } line)
        {
            var suffix = line.Suffix.StartsWith('#') ? $" {line.Suffix}" : line.Suffix;
            lines[lines.LastIndexOf(line)] = line with { Raw = raw, Value = value, Suffix = suffix };
        }
        else
        {
            Append(lines, key, value, raw);
        }

        // A value is only set when the file as a whole still says so: an open quote before it would swallow it.
        var candidate = Parse(new EnvFile(lines, HasByteOrderMark, IsUtf8).ToText(), IsUtf8);
        changed = candidate.Find(key)?.Value == value && candidate.Lines.Count(one => one.Key is not null) == lines.Count(one => one.Key is not null) ? candidate : null;
        return changed is not null;
    }

    /// <summary>How much was read: never a value.</summary>
    public override string ToString() => $"{Lines.Count(line => line.Key is not null)} keys";

    private static EnvFile Parse(string text, bool isUtf8)
    {
        var hasMark = text.StartsWith(Mark);
        return new EnvFile(EnvParser.Parse(hasMark ? text[1..] : text), hasMark, isUtf8);
    }

    private void Append(List<EnvLine> lines, string key, string value, string raw)
    {
        var text = ToText();
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var before = text.Length == 0 || text[^1] is '\n' or '\r' ? "" : end;
        lines.Add(new EnvLine(EnvLineKind.Assignment, 0, $"{before}{key}=", raw, end, key, value));
    }
}
