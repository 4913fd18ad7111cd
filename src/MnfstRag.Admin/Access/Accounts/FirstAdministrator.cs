using System.Net;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>
/// In Development, on loopback only: makes the first administrator with a one-time password, and gives a new one at each start
/// until it has been changed. In Production the first administrator comes from the command create-admin.
/// </summary>
public sealed class FirstAdministrator(
    IDbContextFactory<AdminDbContext> contexts,
    AccountService accounts,
    StoreState store,
    IHostEnvironment host,
    ILogger<FirstAdministrator> logger)
{
    /// <summary>Sign-in name of the administrator made here.</summary>
    public const string Name = "admin";

    /// <summary>
    /// Waits for the store, then returns the one-time password of <see cref="Name"/> for the terminal (never for a log): 24
    /// characters, to be changed at the first sign-in within a day. Null when there is nothing to give: not Development, an
    /// address that others can reach, or the password has been changed.
    /// </summary>
    /// <param name="urls">Addresses that the dashboard listens at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string?> PrepareAsync(IEnumerable<string> urls, CancellationToken cancellationToken = default)
    {
        if (!host.IsDevelopment() || !AreLoopback(urls))
        {
            return null;
        }

        await store.WhenReadyAsync(cancellationToken);
        var password = OneTimeSecret.Password();
        var result = await FindAsync(cancellationToken) switch
        {
            { AnyUser: false } => await accounts.CreateAdministratorAsync(Name, password, oneTime: true, cancellationToken),
            { Unchanged: { } id } => await accounts.RenewOneTimePasswordAsync(id, password, cancellationToken),
            _ => null,
        };
        if (result is null || result.Fault is not null)
        {
            return null;
        }

        AccessMessages.OneTimePassword(logger, Name);
        return password;
    }

    private async Task<(bool AnyUser, Guid? Unchanged)> FindAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var unchanged = await context.Users
            .Where(user => user.UserName == Name && user.PasswordExpiresAt != null)
            .Select(user => (Guid?)user.Id)
            .SingleOrDefaultAsync(cancellationToken);
        return (await context.Users.AnyAsync(cancellationToken), unchanged);
    }

    /// <summary>Nobody else's machine reaches any of them.</summary>
    public static bool AreLoopback(IEnumerable<string> urls) => urls.All(IsLoopback);

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
