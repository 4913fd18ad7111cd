namespace MnfstRag.Postgres.Validating;

/// <summary>The keys: which are known, which are misspelt, and which nothing proves are read.</summary>
internal sealed class KeyRules : IRule
{
    private const string Prefix = "DB_";

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => settings.File.Lines
        .Where(line => line.Kind is EnvLineKind.Assignment)
        .DistinctBy(line => line.Key, StringComparer.Ordinal)
        .Select(line => KnownSettings.Find(line.Key!) is { } setting ? Known(setting) : Unknown(line, settings))
        .OfType<Finding>();

    private static Finding? Known(KnownSetting setting) => setting.ReadBy switch
    {
        SettingReader.Unproven => Finding.Note(setting.Key, "not-proven-read",
            $"{setting.Key} is kept, and nothing proves that it is read: neither the backend's code nor the guide's settings model has it.",
            Remedy(setting)),
        SettingReader.PrefixedModel => Finding.Note(setting.Key, "not-proven-read",
            $"{setting.Key} is kept, and nothing proves that it is read: the backend's code does not have it, and the guide's settings model, taken literally, reads {Prefix}{setting.Key}.",
            Remedy(setting)),
        _ => null,
    };

    private static string Remedy(KnownSetting setting) => setting.Section is "TLS"
        ? "What the driver surely reads stands in DATABASE_URL: sslmode, sslrootcert, sslcert and sslkey."
        : setting.Key is "DB_CONNECT_TIMEOUT" ? "The backend connects with a limit of 10 s, whatever this says." : "";

    private static Finding? Unknown(EnvLine line, EnvironmentSettings settings)
    {
        var key = line.Key!;
        var shown = ShownNames.Key(key, line.Number, line.Value);
        if (key.StartsWith(Prefix + Prefix, StringComparison.Ordinal) && KnownSettings.Find(key[Prefix.Length..]) is { } meant)
        {
            return Finding.Note(key, "doubled-prefix", $"Only the guide's settings model, taken literally, reads this key; the backend's code reads {meant.Key}.", $"Set {meant.Key} too.");
        }

        if (KnownSettings.All.FirstOrDefault(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            return Finding.Warning(other.Key, "key-case", $"Line {line.Number} writes {other.Key} in other letters. The backend looks for capitals only and does not find it.", $"Write {other.Key}.");
        }

        return KnownSettings.All.FirstOrDefault(setting => key.Length >= 6 && !settings.IsSet(setting.Key) && IsNear(key, setting.Key)) is { } near
            ? Finding.Warning(shown, "misspelt-key", $"Line {line.Number} looks like a misspelling of {near.Key}, which is not set.", $"Write {near.Key}, if that is what is meant.")
            : Finding.Note(shown, "unknown-key", "The product's guide does not know this key. It is kept as it stands.");
    }

    /// <summary>One letter more, less, other, or two neighbours swapped.</summary>
    private static bool IsNear(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (longer.Length - shorter.Length > 1 || one == other)
        {
            return false;
        }

        var same = shorter.AsSpan().CommonPrefixLength(longer);
        if (longer.Length != shorter.Length)
        {
            return longer.AsSpan(same + 1).SequenceEqual(shorter.AsSpan(same));
        }

        var swapped = same + 1 < longer.Length && shorter[same] == longer[same + 1] && shorter[same + 1] == longer[same];
        return longer.AsSpan(same + (swapped ? 2 : 1)).SequenceEqual(shorter.AsSpan(same + (swapped ? 2 : 1)));
    }
}
