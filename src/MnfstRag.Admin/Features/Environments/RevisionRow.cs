namespace MnfstRag.Admin.Features.Environments;

/// <summary>One revision in a list.</summary>
/// <param name="Number">From 1.</param>
/// <param name="By">Who saved it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="Changes">What it changed, against the one before.</param>
/// <param name="IsReadable">False when the key ring that encrypted it is gone.</param>
public sealed record RevisionRow(int Number, string By, DateTimeOffset At, string Reason, IReadOnlyList<SettingChange> Changes, bool IsReadable);
