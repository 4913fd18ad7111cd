using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>A rule as it is in force in an environment.</summary>
/// <param name="Default">As it is by itself.</param>
/// <param name="Enabled">It is judged.</param>
/// <param name="Warning">From here on a warning; null for none.</param>
/// <param name="Critical">From here on critical; null for never.</param>
/// <param name="ForSeconds">So long a value must stay bad.</param>
/// <param name="By">Who set it; null while it is the default.</param>
/// <param name="At">When.</param>
public sealed record RuleSetting(AlertRule Default, bool Enabled, double? Warning, double? Critical, int ForSeconds, string? By, DateTimeOffset? At);
