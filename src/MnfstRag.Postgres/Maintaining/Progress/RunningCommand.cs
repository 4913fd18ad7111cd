namespace MnfstRag.Postgres.Maintaining;

/// <summary>A long command at work, and whose it is.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="User">Role; null for an autovacuum worker, or when hidden.</param>
/// <param name="Application">application_name; null when hidden or empty.</param>
/// <param name="IsAutovacuum">An autovacuum worker's.</param>
/// <param name="Table">Its table, quoted as needed; null when it is not known.</param>
/// <param name="Since">When the command began, server clock; null when hidden.</param>
public sealed record RunningCommand(CommandProgress Progress, string? User, string? Application, bool IsAutovacuum, string? Table, DateTimeOffset? Since)
{
    /// <summary>The run of ours that it belongs to; null for others' commands.</summary>
    public Guid? Run =>
        Application?.StartsWith(Prefix, StringComparison.Ordinal) == true && Guid.TryParseExact(Application[Prefix.Length..], "N", out var run) ? run : null;

    private static string Prefix { get; } = MaintenanceLink.ApplicationName(Guid.Empty)[..^32];
}
