namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A message that was found.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="SessionId">Where it stands.</param>
/// <param name="Title">That session's title.</param>
/// <param name="Role">user or assistant.</param>
/// <param name="At">When it was said.</param>
/// <param name="Parts">The words around the match; each second one (1, 3, …) is what matched.</param>
public sealed record FoundMessage(Guid Id, Guid SessionId, string Title, string Role, DateTimeOffset At, IReadOnlyList<string> Parts);
