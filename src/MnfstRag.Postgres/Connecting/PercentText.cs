using System.Text;

namespace MnfstRag.Postgres.Connecting;

/// <summary>Percent-encoding as libpq reads it: strict, UTF-8, no NUL.</summary>
internal static class PercentText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>The decoded text, or null where a percent sign is not followed by two hex digits, or the bytes are no UTF-8 or hold a NUL.</summary>
    public static string? Decode(ReadOnlySpan<char> text, bool plusIsSpace = false)
    {
        if (text.IndexOfAny('%', '+') < 0)
        {
            return text.ToString();
        }

        var bytes = new byte[Strict.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    return null;
                }

                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 3;
            }
            else if (text[i] == '+' && plusIsSpace)
            {
                bytes[length++] = (byte)' ';
                i++;
            }
            else
            {
                var end = text[i..].IndexOfAny('%', '+');
                var run = end < 0 ? text.Length - i : Math.Max(end, 1);
                length += Strict.GetBytes(text.Slice(i, run), bytes.AsSpan(length));
                i += run;
            }
        }

        try
        {
            var decoded = Strict.GetString(bytes, 0, length);
            return decoded.Contains('\0') ? null : decoded;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
