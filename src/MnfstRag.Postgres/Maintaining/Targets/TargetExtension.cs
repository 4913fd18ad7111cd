namespace MnfstRag.Postgres.Maintaining;

/// <summary>One extension of the list that the server has files of.</summary>
/// <param name="Name">The extension.</param>
/// <param name="Offered">The version that the server would install.</param>
/// <param name="Installed">The version in this database; null when it is not there.</param>
public sealed record TargetExtension(string Name, string Offered, string? Installed);
