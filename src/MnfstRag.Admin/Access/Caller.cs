namespace MnfstRag.Admin.Access;

/// <summary>The person behind a call, as the store knows them at this moment (not as their cookie remembers them).</summary>
/// <param name="UserId">Identity user id.</param>
/// <param name="Name">Sign-in name.</param>
/// <param name="Roles">Roles held now.</param>
/// <param name="Permissions">What those roles allow.</param>
public sealed record Caller(Guid UserId, string Name, IReadOnlyList<string> Roles, IReadOnlySet<string> Permissions);
