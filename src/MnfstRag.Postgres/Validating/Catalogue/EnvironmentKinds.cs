namespace MnfstRag.Postgres.Validating;

/// <summary>Which kind a name stands for.</summary>
public static class EnvironmentKinds
{
    /// <summary>
    /// The kind that <paramref name="name"/> is judged as: its own where it is one of the guide's names or a usual short form; else the
    /// one that the file's own ENVIRONMENT names; else production, because a check that is too strict does no harm.
    /// </summary>
    /// <param name="name">The environment's name.</param>
    /// <param name="declared">The value of ENVIRONMENT; null when the file has none.</param>
    public static EnvironmentKind Of(string name, string? declared = null) => Named(name) ?? Named(declared) ?? EnvironmentKind.Production;

    /// <summary>The kind that a name says by itself; null when it says none.</summary>
    internal static EnvironmentKind? Named(string? name) => name?.Trim().ToUpperInvariant() switch
    {
        "DEVELOPMENT" or "DEV" or "LOCAL" or "TEST" or "TESTING" => EnvironmentKind.Development,
        "STAGING" or "STAGE" => EnvironmentKind.Staging,
        "PRODUCTION" or "PROD" or "LIVE" => EnvironmentKind.Production,
        _ => null,
    };
}
