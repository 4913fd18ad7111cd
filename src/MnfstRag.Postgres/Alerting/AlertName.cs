namespace MnfstRag.Postgres.Alerting;

/// <summary>Names an alert within its environment.</summary>
/// <param name="Rule">Key of the rule.</param>
/// <param name="Object">What it concerns.</param>
public sealed record AlertName(string Rule, string Object);
