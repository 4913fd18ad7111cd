namespace MnfstRag.Admin.Features.Alerts;

/// <summary>A time in which nobody is told.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Environment">Where.</param>
/// <param name="Rule">What the rule is about; null for all rules.</param>
/// <param name="Object">Of what; null for everything.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who made it.</param>
/// <param name="From">From then on.</param>
/// <param name="Until">Until then.</param>
/// <param name="Holds">Now.</param>
public sealed record AlertMute(Guid Id, string Environment, string? Rule, string? Object, string Reason, string By, DateTimeOffset From, DateTimeOffset Until, bool Holds);
