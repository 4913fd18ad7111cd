using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>What the guide recommends for this environment, and where its defaults are not the code's.</summary>
internal sealed class AdviceRules : IRule
{
    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => KnownSettings.All.Select(setting => Judge(setting, settings)).OfType<Finding>();

    private static Finding? Judge(KnownSetting setting, EnvironmentSettings settings)
    {
        var kind = settings.Kind.ToString().ToLowerInvariant();
        if (setting is { GuideDefault: { } guide, CodeDefault: { } code } && !settings.Values.ContainsKey(setting.Key))
        {
            var advice = setting.Recommended?.For(settings.Kind) is { } best ? $" For {kind} the guide recommends {best}." : "";
            return Finding.Note(setting.Key, "default-differs", $"{setting.Key} is not set. The guide says that this means {guide}; the backend's code takes {code}.{advice}", $"Set it, so that both agree.");
        }

        // Behind Supabase's session pooler the guide recommends less, which the pool's own rules say.
        if (setting.Section is "pool" && settings.Address.Readable?.Supabase is SupabaseForm.SessionPooler or SupabaseForm.TransactionPooler)
        {
            return null;
        }

        return setting.Recommended?.For(settings.Kind) is { } recommended && settings.Text(setting.Key) is { } value && IsValid(setting, value) && !IsSame(setting, value, recommended)
            ? Finding.Note(setting.Key, "recommendation", $"For {kind} the guide recommends {recommended}{(setting.Unit is "s" ? " s" : "")}.")
            : null;
    }

    private static bool IsValid(KnownSetting setting, string value) => setting.Type switch
    {
        SettingType.Integer => ValueTypes.Integer(value) is not null,
        SettingType.Boolean => ValueTypes.Boolean(value) is not null,
        _ => true,
    };

    private static bool IsSame(KnownSetting setting, string value, string recommended) => setting.Type switch
    {
        SettingType.Integer => ValueTypes.Integer(value) == ValueTypes.Integer(recommended),
        SettingType.Boolean => ValueTypes.Boolean(value) == ValueTypes.Boolean(recommended),
        _ => string.Equals(value, recommended, StringComparison.OrdinalIgnoreCase),
    };
}
