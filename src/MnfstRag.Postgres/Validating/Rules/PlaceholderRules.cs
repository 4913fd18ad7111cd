using System.Text.RegularExpressions;

namespace MnfstRag.Postgres.Validating;

/// <summary>Values that a template left to be filled in: <c>[PASSWORD]</c>, <c>your-secret-key-here</c>.</summary>
internal sealed class PlaceholderRules : IRule
{
    // Without backtracking: a file's author must not be able to hold a processor.
    // [PASSWORD] but not [::1]; <password>; your-…; change-me; …-here; replace-with-….
    private static readonly Regex Shape = new(
        @"\[[A-Z][A-Z0-9 _-]*\]|\[your[^\]]*\]|<[A-Za-z][A-Za-z0-9 _.-]*>|\{\{.*\}\}|(^|[^a-z0-9])your[-_ ]?(super[-_ ]?)?(own[-_ ]?)?(secret|password|pass|key|jwt|user|username|db|database|host|project|domain|vault|role|supabase|postgres|ref|region|production|prod|staging|dev|tenant|app|server|url|origin|frontend|very|strong|secure|random|token)|change[-_ ]?(me|this|it)\b|changeme|replace[-_ ]?(me|this|with)|(secret|password|key|value|token)[-_ ]?(goes[-_ ]?)?here|insert[-_ ].*[-_ ]?here|to[-_ ]be[-_ ]replaced|placeholder|^x{3,}$|^(todo|fixme|tbd)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => settings.Values
        .Where(pair => pair.Value.IsKnown && KnownSettings.Find(pair.Key) is not (null or { Type: SettingType.Integer or SettingType.Boolean }))
        .Where(pair => IsPlaceholder(pair.Value.Text))
        .OrderBy(pair => pair.Value.Line)
        .Select(pair => Finding.Error(pair.Key, "placeholder", $"The value of {pair.Key} still holds a template's placeholder.", Remedy(pair.Key)));

    /// <summary>The value, or a part of it, is to be replaced.</summary>
    public static bool IsPlaceholder(string value) => Shape.IsMatch(value) || (value.Contains('%') && Shape.IsMatch(Uri.UnescapeDataString(value)));

    private static string Remedy(string key) => key switch
    {
        "JWT_SECRET_KEY" => "Make a key of its own for this environment: openssl rand -base64 48.",
        "DATABASE_URL" or "DATABASE_REPLICA_URLS" => "Put in the real user, password, host and database. Percent-encode / @ : and % in the password.",
        _ => "Put in the real value, or remove the line.",
    };
}
