namespace MnfstRag.Admin.Features.Users;

/// <summary>Who is to be invited.</summary>
/// <param name="Name">Name to sign in with.</param>
/// <param name="Roles">Roles to begin with.</param>
public sealed record InvitationDraft(string Name, IReadOnlyList<string> Roles);
