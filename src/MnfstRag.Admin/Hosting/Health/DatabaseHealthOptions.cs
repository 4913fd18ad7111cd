using MnfstRag.Admin.Hosting.Probing;

namespace MnfstRag.Admin.Hosting.Health;

/// <summary>What <c>/health/database</c> tells, and whom. Section <c>Health:Database</c>.</summary>
public sealed class DatabaseHealthOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Health:Database";

    /// <summary>Who may ask.</summary>
    public ProbeAccess Access { get; set; } = ProbeAccess.Anonymous;

    /// <summary>The bearer token, at least 24 characters. Needed with <see cref="ProbeAccess.Token"/>.</summary>
    public string? Token { get; set; }

    /// <summary>Networks apart by comma (10.0.0.0/8). Needed with <see cref="ProbeAccess.Networks"/>.</summary>
    public string? Networks { get; set; }

    /// <summary>Which environment a path without a name means; null means the only one that is watched.</summary>
    public string? Environment { get; set; }

    /// <summary>Age from which a reading counts as unhealthy; at least two ticks, whatever is set. 1 s to 1 h.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(15);
}
