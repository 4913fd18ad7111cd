namespace MnfstRag.Admin.Access.Accounts;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">Base64url of its credential id.</param>
/// <param name="Name">What the person calls it.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record PasskeyView(string Id, string Name, DateTimeOffset CreatedAt);
