using Microsoft.AspNetCore.Identity;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Identity's faults in the product's words.</summary>
internal sealed class PlainIdentityErrors : IdentityErrorDescriber
{
    /// <inheritdoc />
    public override IdentityError DuplicateUserName(string userName) => Error(nameof(DuplicateUserName), $"There is a user {userName} already. Choose another sign-in name.");

    /// <inheritdoc />
    public override IdentityError InvalidUserName(string? userName) =>
        Error(nameof(InvalidUserName), "A sign-in name has letters, digits and any of - . _ @ + only, and no spaces.");

    /// <inheritdoc />
    public override IdentityError ConcurrencyFailure() =>
        Error(nameof(ConcurrencyFailure), "Somebody changed this account at the same time. Nothing was saved; look at it again and repeat the change.");

    /// <inheritdoc />
    public override IdentityError InvalidToken() => Error(nameof(InvalidToken), "The code is not right or is used up.");

    /// <inheritdoc />
    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch), "The current password is not right.");

    private static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}
