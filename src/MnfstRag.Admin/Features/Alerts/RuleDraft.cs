namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Thresholds as a person wants them.</summary>
/// <param name="Rule">Key of the rule.</param>
/// <param name="Enabled">It is judged.</param>
/// <param name="Warning">From here on a warning; null for none.</param>
/// <param name="Critical">From here on critical; null for never.</param>
/// <param name="ForSeconds">So long a value must stay bad, in seconds.</param>
public sealed record RuleDraft(string Rule, bool Enabled, double? Warning, double? Critical, int ForSeconds);
