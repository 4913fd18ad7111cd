using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Passwords;

/// <summary>Length first (ASVS 6.2): twelve characters of any kind, nothing that is tried first, nothing that bcrypt would cut.</summary>
internal sealed class PasswordRules : IPasswordValidator<AdminUser>
{
    /// <summary>In characters.</summary>
    public const int Shortest = 12;

    /// <summary>What a person reads next to the field.</summary>
    public static string Hint => $"At least {Shortest} characters. A sentence of a few words is good and easy to remember.";

    /// <summary>What is wrong with it; null when it will do.</summary>
    public static string? FaultOf(string? password, string? userName)
    {
        if (password is null || password.EnumerateRunes().Count() < Shortest)
        {
            return $"The password is too short: it needs at least {Shortest} characters.";
        }

        if (!BCryptPasswordHasher.CanHash(password))
        {
            return $"The password is too long: it may have {BCryptPasswordHasher.LongestPassword} bytes, which is fewer than {BCryptPasswordHasher.LongestPassword} characters where they are not plain letters, and no NUL character.";
        }

        if (userName is { Length: >= 4 } && password.Contains(userName, StringComparison.OrdinalIgnoreCase))
        {
            return "The password contains the sign-in name. Choose one that does not.";
        }

        return CommonPasswords.IsCommon(password)
            ? "This password is one of those that are tried first: a common word, a run of keys or a repetition. Choose another one."
            : null;
    }

    /// <inheritdoc />
    public Task<IdentityResult> ValidateAsync(UserManager<AdminUser> manager, AdminUser user, string? password) => Task.FromResult(
        FaultOf(password, user.UserName) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault })
            : IdentityResult.Success);
}
