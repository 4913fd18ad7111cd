namespace MnfstRag.Postgres.Validating;

/// <summary>Writes values so that python-dotenv, shells and Docker read back the same.</summary>
public static class EnvText
{
    /// <summary>A name that every reader takes: letters, digits and underscores, not beginning with a digit.</summary>
    public static bool IsKey(string text) =>
        text.Length is > 0 and <= 128 && !char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>
    /// The value as it stands behind the equals sign; null where no way of quoting carries it: line breaks and other control characters,
    /// <c>${</c> (a reference inside every kind of quotes), and a backslash before the closing quote.
    /// </summary>
    public static string? Quote(string value)
    {
        if (value.Any(char.IsControl) || HalfCharacters(value) || value.Contains("${", StringComparison.Ordinal))
        {
            return null;
        }

        if (value.All(IsPlain))
        {
            return value;
        }

        // Within single quotes a shell takes everything as it stands; what it cannot take goes into double quotes.
        return !value.Contains('\'') && !value.Contains('\\') ? $"'{value}'"
            : value.EndsWith('\\') || value.Contains("\\\"", StringComparison.Ordinal) ? null
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || "_./:@%+,=?&~-".Contains(letter);

    private static bool HalfCharacters(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }
}
