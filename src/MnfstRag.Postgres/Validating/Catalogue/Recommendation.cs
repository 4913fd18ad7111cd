namespace MnfstRag.Postgres.Validating;

/// <summary>What the configuration guide recommends for each environment; null where it says nothing.</summary>
public sealed record Recommendation(string? Development, string? Staging, string? Production)
{
    /// <summary>The recommendation for one kind.</summary>
    public string? For(EnvironmentKind kind) => kind switch
    {
        EnvironmentKind.Development => Development,
        EnvironmentKind.Staging => Staging,
        _ => Production,
    };
}
