namespace MnfstRag.Admin.Features.Alerts;

/// <summary>A mute as a person asks for it.</summary>
/// <param name="Environment">Where.</param>
/// <param name="Rule">Key of the rule; null for all.</param>
/// <param name="Object">Of what; null for everything.</param>
/// <param name="Reason">Why.</param>
/// <param name="From">From then on; null from now on.</param>
/// <param name="Length">For how long.</param>
public sealed record MuteDraft(string Environment, string? Rule, string? Object, string Reason, DateTimeOffset? From, TimeSpan Length);
