namespace MnfstRag.Postgres.Validating;

/// <summary>How hard a secret is to guess, judged from its characters alone.</summary>
internal static class SecretStrength
{
    private static readonly string[] Common =
    [
        "password", "passwort", "postgres", "secret", "supersecret", "changeme", "admin", "root", "letmein", "welcome", "qwerty", "123456", "12345678", "123456789", "1234567890", "test", "testing", "example", "default", "mnfst",
    ];

    private static readonly string[] Words =
    [
        "development", "production", "password", "supersecret", "staging", "secret", "default", "example", "admin", "please", "super", "token", "local", "change", "mnfst", "test", "this", "very", "long", "random", "only", "key", "jwt", "dev", "prod", "rag", "not", "use", "for", "my", "is", "in", "at", "least", "bytes", "characters", "chars",
    ];

    /// <summary>A password that is tried first, with or without a few digits or marks behind it.</summary>
    public static bool IsCommon(string password) => Common.Contains(password, StringComparer.OrdinalIgnoreCase)
        || Common.Contains(password.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '?', '.', '$', '#'), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// An estimate in bits: what the frequencies of its characters can carry, without runs (aaaa, 1234) and common words. Random keys of
    /// 32 characters come out well above 90; sentences and patterns well below 70.
    /// </summary>
    public static double Bits(string secret)
    {
        var rest = Words.Aggregate(secret, (text, word) => text.Replace(word, "", StringComparison.OrdinalIgnoreCase));
        var loose = rest.Where((letter, i) => i == 0 || Math.Abs(letter - rest[i - 1]) > 1).ToList();
        var shortest = Period(rest);
        if (shortest < rest.Length)
        {
            loose = [.. rest.Take(shortest)];
        }

        return loose.Count == 0 ? 0 : loose.Count * loose.CountBy(letter => letter).Sum(pair => -(double)pair.Value / loose.Count * Math.Log2((double)pair.Value / loose.Count));
    }

    /// <summary>Length of the piece that the text repeats; the text's own length when it repeats none.</summary>
    private static int Period(string text)
    {
        for (var length = 1; length <= text.Length / 2 && length <= 64; length++)
        {
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
            {
                return length;
            }
        }

        return text.Length;
    }
}
