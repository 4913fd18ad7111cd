using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Identity's store, with TOTP keys and recovery codes encrypted and wrong attempts counted without races.</summary>
internal sealed class AdminUserStore(AdminDbContext context, IDataProtectionProvider protection, IdentityErrorDescriber errors)
    : UserOnlyStore<AdminUser, AdminDbContext, Guid>(context, errors)
{
    private readonly IDataProtector _protector = protection.CreateProtector("MnfstRag.Admin.UserToken.v1");

    /// <inheritdoc />
    public override Task SetTokenAsync(AdminUser user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : _protector.Protect(value), cancellationToken);

    /// <inheritdoc />
    public override async Task<string?> GetTokenAsync(AdminUser user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        if (await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is not { } kept)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // Its key is gone: as good as none. A second factor that is on then fails closed.
            return null;
        }
    }

    /// <summary>Counts one wrong attempt in one statement: parallel ones all count. True when this one made the account rest.</summary>
    public async Task<bool> CountFailureAsync(AdminUser user, int attempts, DateTimeOffset restUntil, CancellationToken cancellationToken)
    {
        await Context.Users.Where(one => one.Id == user.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.LockoutEnd, one => one.AccessFailedCount + 1 >= attempts ? restUntil : one.LockoutEnd)
                .SetProperty(one => one.AccessFailedCount, one => one.AccessFailedCount + 1 >= attempts ? 0 : one.AccessFailedCount + 1),
            cancellationToken);
        await Context.Entry(user).ReloadAsync(cancellationToken);
        return user.AccessFailedCount == 0 && user.LockoutEnd == restUntil;
    }
}
