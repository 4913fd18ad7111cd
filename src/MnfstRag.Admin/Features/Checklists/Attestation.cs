namespace MnfstRag.Admin.Features.Checklists;

/// <summary>Somebody's word for an item.</summary>
/// <param name="Note">What they stand for.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="ExpiresAt">Until then it counts.</param>
/// <param name="HasExpired">It does not count any more.</param>
public sealed record Attestation(string Note, string By, DateTimeOffset At, DateTimeOffset ExpiresAt, bool HasExpired);
