namespace MnfstRag.Admin.Data.Environments;

/// <summary>Section <c>Environments</c>: one child an environment, with a DATABASE_URL per credential.</summary>
internal static class ConfiguredEnvironments
{
    public const string Section = "Environments";

    /// <summary>Key of the addresses of an environment's replicas: apart by line end, or by comma before a scheme.</summary>
    public const string Replicas = "Replicas";

    /// <summary>Key that says who does the heavy reads that any node can do: "primary" (by itself) or "replica".</summary>
    public const string HeavyReads = "HeavyReads";

    /// <summary>What else an environment's section may hold; whoever reads it validates it.</summary>
    public static readonly string[] OtherKeys = ["Backend", "PgBouncer", "Pool", Replicas, HeavyReads, StatedMemory.Section];

    public static IReadOnlyList<ConfiguredEnvironment> Read(IConfiguration configuration) =>
        [.. configuration.GetSection(Section).GetChildren().Select(Of)];

    private static ConfiguredEnvironment Of(IConfigurationSection section) => new(
        section.Key,
        Enum.GetValues<CredentialKind>()
            .Select(kind => (kind, Url: section[kind.ToString()]))
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Url))
            .ToDictionary(pair => pair.kind, pair => pair.Url!));
}
