namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Whether and where Prometheus may scrape. Off unless <see cref="Address"/> or <see cref="Token"/> is set. Section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Metrics";

    /// <summary>Path of the endpoint.</summary>
    public const string Path = "/metrics";

    /// <summary>An address of its own, like <c>http://127.0.0.1:9187</c>, that serves nothing else. Beyond this machine it needs <see cref="Token"/> or <see cref="Networks"/>.</summary>
    public string? Address { get; set; }

    /// <summary>Bearer token, at least 24 characters. Without <see cref="Address"/> it opens <c>/metrics</c> on the dashboard's own address.</summary>
    public string? Token { get; set; }

    /// <summary>Networks apart by comma from which alone may be scraped; null allows all.</summary>
    public string? Networks { get; set; }

    /// <summary>Tables, indexes and sequences of an environment that have series of their own, the largest first. 0 to 1000.</summary>
    public int Objects { get; set; } = 100;

    /// <summary>Statements of an environment that have series of their own, those with most time first. 0 to 500.</summary>
    public int Statements { get; set; } = 50;

    /// <summary>There is something to scrape.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Address) || !string.IsNullOrEmpty(Token);
}
