using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Access.SignIn;

namespace MnfstRag.Admin.Access.Accounts;

/// <summary>Asks a signed-in person for the password once more, before something that a stolen session must not do. Singleton; the caller audits.</summary>
public sealed class PasswordAgain
{
    private readonly IServiceScopeFactory _scopes;
    private readonly SignInAttempts _attempts;

    internal PasswordAgain(IServiceScopeFactory scopes, SignInAttempts attempts) => (_scopes, _attempts) = (scopes, attempts);

    /// <summary>Null when it is right, else what is wrong in words. An open session must not become a way of guessing: attempts are limited as at sign-in.</summary>
    public async Task<string?> CheckAsync(Caller caller, string password)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<AdminUserManager>();
        if (await users.FindByIdAsync(caller.UserId.ToString()) is not { PasswordHash: not null } user)
        {
            return "This account has no password: set one under your name, top right.";
        }

        if (!_attempts.Take(null, user.NormalizedUserName!))
        {
            return "There were too many attempts in the last minute. Wait a minute and try again.";
        }

        try
        {
            return await users.CheckPasswordAsync(user, password) ? null : "The password is not right.";
        }
        catch (HashingBusyException busy)
        {
            return busy.Message;
        }
    }
}
