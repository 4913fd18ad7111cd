namespace MnfstRag.Admin.Features.Users;

/// <summary>Whether and how a person can sign in.</summary>
public enum UserState
{
    /// <summary>They can.</summary>
    Active,

    /// <summary>Invited, and has not set a password yet.</summary>
    Invited,

    /// <summary>Their one-time password must be changed at the next sign-in.</summary>
    MustChangePassword,

    /// <summary>Resting for some minutes after wrong passwords or codes.</summary>
    Resting,

    /// <summary>Locked by an administrator.</summary>
    Locked,
}
