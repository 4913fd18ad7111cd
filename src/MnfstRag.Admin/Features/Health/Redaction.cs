using System.Globalization;
using System.Text.RegularExpressions;

namespace MnfstRag.Admin.Features.Health;

/// <summary>
/// What a report may not tell. The checks hold no secret by themselves; this is the second lock: passwords in addresses and assignments,
/// long tokens and certificates' bodies are blotted out whatever they stand in. Hosts are shortened where that is asked for.
/// </summary>
internal sealed partial class Redaction
{
    private const string Blot = "•••";
    private readonly IReadOnlyList<string> _hosts;
    private readonly bool _shortens;

    /// <param name="server">"host:port,host:port/database": its hosts are known by name.</param>
    /// <param name="shortenHosts">Names of hosts are cut to their first part, addresses to their first number.</param>
    public Redaction(string server, bool shortenHosts)
    {
        _shortens = shortenHosts;
        _hosts = [.. server.Split('/')[0].Split(',').Select(WithoutPort).Where(host => host.Length > 0).OrderByDescending(host => host.Length)];
    }

    /// <summary>The text without what it may not tell.</summary>
    public string Of(string text)
    {
        text = Address().Replace(text, "${kept}" + Blot + "@");
        text = Assignment().Replace(text, "${kept}" + Blot);
        text = Jwt().Replace(text, Blot);
        text = Pem().Replace(text, Blot);
        if (!_shortens)
        {
            return text;
        }

        foreach (var host in _hosts)
        {
            text = text.Replace(host, Short(host), StringComparison.OrdinalIgnoreCase);
        }

        text = IPv4().Replace(text, match => Short(match.Value));
        return Name().Replace(text, match => Short(match.Value));
    }

    /// <summary>"db.internal.example.com" is "db…", "10.1.2.3" is "10…", "fe80::1" is "fe80…".</summary>
    private static string Short(string host)
    {
        var end = host.IndexOfAny(['.', ':']);
        return end < 0 ? host : $"{host[..end]}…";
    }

    private static string WithoutPort(string place)
    {
        var colon = place.LastIndexOf(':');
        return (colon > 0 && int.TryParse(place[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? place[..colon] : place).Trim('[', ']');
    }

    [GeneratedRegex(@"(?<kept>://[^\s:/@]*:)[^\s@]+@", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<kept>(?:password|passwd|pwd|secret|token|api_?key|jwt_secret_key)\s*[=:]\s*)(?:'[^']*'|""[^""]*""|[^\s;,]+)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*", RegexOptions.NonBacktracking)]
    private static partial Regex Jwt();

    [GeneratedRegex(@"-----BEGIN [A-Z ]+-----[^-]*(?:-----END [A-Z ]+-----)?", RegexOptions.NonBacktracking)]
    private static partial Regex Pem();

    [GeneratedRegex(@"\b[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\b", RegexOptions.NonBacktracking)]
    private static partial Regex IPv4();

    // Three parts or more, the last of letters: "db.internal.example", and neither "18.4" nor "public.documents".
    [GeneratedRegex(@"\b[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\.[A-Za-z]{2,}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
