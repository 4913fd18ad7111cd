using System.Globalization;
using System.Text;

namespace MnfstRag.Postgres.Validating;

/// <summary>A commented .env file to begin with: every key with what it does, its unit and its defaults, set as the guide recommends. Secrets stand as placeholders, which no check lets pass.</summary>
public static class EnvTemplate
{
    /// <summary>The template of one environment.</summary>
    public static string For(EnvironmentKind kind)
    {
        var name = kind.ToString().ToLowerInvariant();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# MNFST-RAG, {name}: every key that the product's guide names\n# A key behind # is left at its default; words in brackets are to be replaced\n");
        foreach (var section in KnownSettings.All.GroupBy(setting => setting.Section, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n# {char.ToUpperInvariant(section.Key[0])}{section.Key[1..]}\n");
            foreach (var setting in section)
            {
                Append(text, setting, kind, name);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, KnownSetting setting, EnvironmentKind kind, string name)
    {
        text.Append("# ").Append(setting.Summary);
        if (setting.Unit is { } unit)
        {
            text.Append(CultureInfo.InvariantCulture, $" Unit: {unit}.");
        }

        if (setting.GuideDefault is { } guide)
        {
            text.Append(CultureInfo.InvariantCulture, $" Default: {guide}{(setting.CodeDefault is { } code ? $" in the guide, {code} in the code" : "")}.");
        }

        var value = setting.Recommended?.For(kind) ?? setting.Key switch
        {
            "DATABASE_URL" => $"postgresql://[USER]:[PASSWORD]@[HOST]:5432/[DATABASE]{(kind == EnvironmentKind.Development ? "" : "?sslmode=verify-full")}",
            "DB_SSL_CA_PATH" when kind != EnvironmentKind.Development => "[PATH-OF-THE-AUTHORITYS-PEM]",
            "JWT_SECRET_KEY" => "[AT-LEAST-32-RANDOM-BYTES]",
            "ENVIRONMENT" => name,
            _ => null,
        };
        text.Append('\n').Append(value is null ? "# " : "").Append(setting.Key).Append('=').Append(value ?? setting.EffectiveDefault).Append('\n');
    }
}
