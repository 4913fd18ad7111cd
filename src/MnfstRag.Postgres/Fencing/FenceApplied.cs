namespace MnfstRag.Postgres.Fencing;

/// <summary>What became of a script.</summary>
/// <param name="Done">It was applied in full; otherwise nothing of it was.</param>
/// <param name="Words">The same for a person, with the cause and the cure.</param>
/// <param name="Notices">What the server said on the way.</param>
public sealed record FenceApplied(bool? Done, string Words, IReadOnlyList<string> Notices);
