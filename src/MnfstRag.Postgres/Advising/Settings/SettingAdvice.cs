namespace MnfstRag.Postgres.Advising;

/// <summary>One setting as the product's guide wants it, and as it is.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Now">Its value with unit; null when hidden.</param>
/// <param name="Advised">What the guide says: "25 % of memory: 4GB".</param>
/// <param name="Verdict">How the two stand.</param>
/// <param name="Why">What the difference means, or why it cannot be judged.</param>
/// <param name="Sql">What sets it as advised; null where nothing is to be set, or where what is to be set is not known.</param>
/// <param name="NeedsRestart">That takes a restart.</param>
public sealed record SettingAdvice(string Name, string? Now, string Advised, SettingVerdict Verdict, string Why, string? Sql, bool NeedsRestart);
