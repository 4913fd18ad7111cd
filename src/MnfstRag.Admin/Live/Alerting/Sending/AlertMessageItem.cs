namespace MnfstRag.Admin.Live.Alerting;

/// <summary>One alert in a message.</summary>
/// <param name="Id">The alert's own, the same from its beginning to its end.</param>
/// <param name="State">"raised", "worsened" or "ended".</param>
/// <param name="Level">"warning" or "critical".</param>
/// <param name="Rule">Key of the rule.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Object">What it concerns.</param>
/// <param name="Evidence">What was measured.</param>
/// <param name="Since">When it was raised.</param>
/// <param name="Until">When it ended; null while it lasts.</param>
public sealed record AlertMessageItem(
    Guid Id, string State, string Level, string Rule, string Title, string Object, string Evidence, DateTimeOffset Since, DateTimeOffset? Until);
