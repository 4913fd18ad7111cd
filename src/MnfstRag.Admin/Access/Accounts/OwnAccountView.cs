namespace MnfstRag.Admin.Access.Accounts;

/// <summary>One's own account at a glance.</summary>
public sealed record OwnAccountView(IReadOnlyList<string> Roles, bool HasAuthenticator, int RecoveryCodesLeft, int Passkeys);
