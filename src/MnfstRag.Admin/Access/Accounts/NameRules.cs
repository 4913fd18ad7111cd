using System.Globalization;
using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Names to sign in with: letters and digits of any script, and - . _ @ +. Identity's own rule knows Latin letters only.</summary>
internal sealed class NameRules(IdentityErrorDescriber errors) : IUserValidator<AdminUser>
{
    private const int LongestName = 100;

    public Task<IdentityResult> ValidateAsync(UserManager<AdminUser> manager, AdminUser user) => Task.FromResult(
        user.UserName is { Length: > 0 and <= LongestName } name && name.All(IsOfAName)
            ? IdentityResult.Success
            : IdentityResult.Failed(errors.InvalidUserName(user.UserName)));

    // Marks belong to letters of many scripts; a surrogate is half of a letter of a rarer one.
    private static bool IsOfAName(char character) =>
        char.IsLetterOrDigit(character) || char.IsSurrogate(character) || "-._@+".Contains(character, StringComparison.Ordinal)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
