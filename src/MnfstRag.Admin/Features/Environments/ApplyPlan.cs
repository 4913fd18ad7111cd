namespace MnfstRag.Admin.Features.Environments;

/// <summary>What applying would do, as of a moment. Holds no secret.</summary>
/// <param name="Environment">Whose settings.</param>
/// <param name="Revision">The newest revision, which would be applied.</param>
/// <param name="Target">To where.</param>
/// <param name="Mark">The target's state as it was seen: another state is not written over.</param>
/// <param name="Changes">Keys whose value the target does not have yet; secrets by their fingerprint.</param>
/// <param name="IsSame">The target says already what would be written.</param>
/// <param name="At">Our clock, when the target was read.</param>
/// <param name="Fault">Why it cannot be applied, in words; null when it can.</param>
public sealed record ApplyPlan(
    string Environment, int Revision, ApplyTarget Target, string Mark, IReadOnlyList<SettingChange> Changes, bool IsSame, DateTimeOffset At, string? Fault = null);
