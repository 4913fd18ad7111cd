using System.Text.Json;

namespace MnfstRag.Postgres.Validating;

/// <summary>Web origins that may call the API.</summary>
internal sealed class OriginRules : IRule
{
    private const string Key = "ALLOWED_ORIGINS";

    public IEnumerable<Finding> Judge(EnvironmentSettings settings)
    {
        if (settings.Text(Key) is not { } text || PlaceholderRules.IsPlaceholder(text))
        {
            yield break;
        }

        var origins = Read(text);
        if (origins is null)
        {
            yield return Finding.Error(Key, "wrong-type", "The value begins like a JSON list and is none, so the backend does not start with it.", "Write [\"https://app.example.com\"], or origins with commas between them.");
            yield break;
        }

        if (origins.Contains("*", StringComparer.Ordinal))
        {
            yield return settings.IsDevelopment
                ? Finding.Note(Key, "origin-any", "Pages of every origin may call the API.")
                : Finding.Warning(Key, "origin-any", "Pages of every origin may call the API, with the signed-in user's rights.", "Name the origins of the product's own pages.");
        }

        if (origins.Any(origin => origin != "*" && !IsOrigin(origin)))
        {
            yield return Finding.Error(Key, "origin-malformed", "An entry is no origin, so it matches no page: an origin is scheme, host and port, without a path or a slash at its end.", "Write https://app.example.com.");
        }
        else if (settings.IsProduction && origins.Any(IsUnsafe))
        {
            yield return Finding.Warning(Key, "origin-insecure", "An origin is this machine's own, or is not encrypted: what it serves can be changed on the way.", "Name https origins only.");
        }
    }

    private static List<string>? Read(string text)
    {
        if (!text.TrimStart().StartsWith('['))
        {
            return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        }

        try
        {
            return JsonSerializer.Deserialize<List<string>>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.AbsolutePath is ("/" or "") && uri.Query.Length == 0 && uri.Fragment.Length == 0 && !text.EndsWith('/');

    private static bool IsUnsafe(string origin) => origin != "*" && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (uri.Scheme == "http" || uri.IsLoopback);
}
