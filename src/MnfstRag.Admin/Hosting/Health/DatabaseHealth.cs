namespace MnfstRag.Admin.Hosting.Health;

/// <summary>What <c>/health/database</c> answers. No name of a host, role or statement, and no fault's own words.</summary>
/// <param name="Status">"healthy" or "unhealthy".</param>
/// <param name="Environment">Which environment.</param>
/// <param name="Reason">Why it is unhealthy; null when it is healthy.</param>
/// <param name="AgeSeconds">Age of the reading behind the answer; null where nothing was ever read.</param>
/// <param name="Connections">Sessions at that moment; null where they were never read.</param>
/// <param name="SlowQueries">Statements of pg_stat_statements whose mean is above 1000 ms; null where that cannot be known.</param>
/// <param name="SlowQueriesUnknown">Why it cannot be known; null when it is.</param>
internal sealed record DatabaseHealth(
    string Status, string Environment, string? Reason, double? AgeSeconds, ConnectionsHealth? Connections, int? SlowQueries, string? SlowQueriesUnknown)
{
    /// <summary>The server answers, and what is told is fresh.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsHealthy => Reason is null;
}
