using System.Globalization;
using System.Text;

namespace MnfstRag.Postgres.Validating;

/// <summary>A commented .env file to begin an environment with, from the catalogue: what the guide recommends is set, the rest stands commented out with its default.</summary>
public static class EnvironmentTemplate
{
    /// <summary>The file. It holds no secret, and nothing that could pass for one.</summary>
    public static string Of(EnvironmentKind kind)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"# .env.{Name(kind)}: settings of MNFST-RAG for {Name(kind)}.\n# What the product's guide recommends is set. The rest is commented out, with its default where it has one.\n"));
        foreach (var section in KnownSettings.All.GroupBy(setting => setting.Section))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n# --- {section.Key} ---\n");
            foreach (var setting in section)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n# {setting.Summary}{Facts(setting)}\n");
                text.Append(Value(setting, kind) is { } value ? $"{setting.Key}={value}\n" : $"# {setting.Key}={Example(setting)}\n");
            }
        }

        return text.ToString();
    }

    private static string Name(EnvironmentKind kind) => kind.ToString().ToLowerInvariant();

    private static string Facts(KnownSetting setting)
    {
        List<string> facts = [];
        facts.AddRange(setting.Unit is { } unit ? [$"In {unit}."] : []);
        facts.AddRange(setting is { Minimum: { } least, Maximum: { } most } ? [string.Create(CultureInfo.InvariantCulture, $"{least} to {most}.")] : []);
        facts.AddRange((setting.GuideDefault, setting.CodeDefault) switch
        {
            ({ } guide, { } code) => [$"Default: {code} in the backend's code, {guide} in its guide."],
            ({ } guide, null) => [$"Default: {guide}."],
            (null, { } code) => [$"Default: {code}."],
            _ => [],
        });
        facts.AddRange(setting.ReadBy switch
        {
            SettingReader.PrefixedModel => ["Only the guide's model has it, and reads it with a second DB_ in front."],
            SettingReader.Unproven => ["Nothing proves that the backend reads it."],
            SettingReader.Dashboard => ["Read by the dashboard alone."],
            _ => [],
        });
        facts.AddRange(setting.IsSecret ? ["Secret: keep it out of version control."] : []);
        return facts.Count == 0 ? "" : " " + string.Join(" ", facts);
    }

    private static string? Value(KnownSetting setting, EnvironmentKind kind) => setting.Type == SettingType.EnvironmentName ? Name(kind) : setting.Recommended?.For(kind);

    // Commented out, so that nothing here is taken for a value: an example of an address, else the default.
    private static string Example(KnownSetting setting) => setting.Key switch
    {
        "DATABASE_URL" => "postgresql://USER:PASSWORD@HOST:5432/DATABASE",
        "VAULT_URL" => "https://HOST:8200",
        "JWT_SECRET_KEY" => "   (make one: openssl rand -base64 48)",
        _ => setting.EffectiveDefault ?? "",
    };
}
