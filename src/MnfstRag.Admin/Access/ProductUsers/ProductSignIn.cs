using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Access.SignIn;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>
/// Signing in with an account of the product: e-mail address and password first, environment and tenant afterwards where several accounts
/// have both. Nothing of the product is written. Scoped; for requests, since it writes cookies.
/// </summary>
internal sealed class ProductSignIn(
    ProductLookup lookup,
    ProductPasswords passwords,
    ProductCallers callers,
    WrongPasswords wrong,
    IAuditLog audit,
    TimeProvider clock,
    IHttpContextAccessor accessor)
{
    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Signing in answers requests.");

    /// <summary>Checks the password against at most five accounts with that address.</summary>
    /// <exception cref="HashingBusyException">Nothing was checked.</exception>
    public async Task<SignInStep> WithPasswordAsync(ProductAnswers answers, string password, IPAddress? from)
    {
        var address = answers.Address;
        if (wrong.Rests(address))
        {
            await passwords.PretendAsync(password);
            return await RefuseAsync(answers, "address rests", from);
        }

        var right = await passwords.CheckAsync(answers.Candidates, password);
        if (right.Count == 0)
        {
            wrong.Wrong(address);
            await RefuseAsync(answers, "wrong password", from);
            return answers.Away ? SignInStep.Away : SignInStep.Refused;
        }

        wrong.Right(address);
        var allowed = right.Where(one => ProductCallers.Of(one.EnvironmentId, one.Environment, address, one.Account) is not null).ToList();
        if (allowed.Count == 0)
        {
            await RefuseAsync(answers, "user of a tenant, not its admin", from);
            return SignInStep.PlainUser;
        }

        if (allowed.Count == 1)
        {
            await BeginAsync(allowed[0], address, from);
            return SignInStep.Done;
        }

        await Http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, ProductClaims.Choices(allowed.Select(one => Identity(one, address))));
        return SignInStep.ChooseTenant;
    }

    /// <summary>The accounts that this browser may choose from; none when it has not given a right password in the last minutes.</summary>
    public async Task<IReadOnlyList<ProductChoice>> ChoicesAsync(CancellationToken cancellationToken) =>
        await lookup.DescribeAsync(ProductClaims.ChoicesOf((await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal), cancellationToken);

    /// <summary>One of them.</summary>
    public async Task<SignInStep> ChooseAsync(int index, IPAddress? from)
    {
        var choices = ProductClaims.ChoicesOf((await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal);
        if (index < 0 || index >= choices.Count)
        {
            return SignInStep.Refused;
        }

        var chosen = choices[index];
        try
        {
            if (await callers.FindAsync(chosen, Http.RequestAborted) is not { } caller)
            {
                return SignInStep.Refused;
            }

            await BeginAsync(chosen, caller, from);
            return SignInStep.Done;
        }
        catch (ProductUnavailableException fault)
        {
            AccessMessages.ProductAway(lookup.Logger, chosen.EnvironmentId, fault);
            return SignInStep.Away;
        }
    }

    private Task BeginAsync(ProductCandidate one, string address, IPAddress? from) =>
        BeginAsync(Identity(one, address), ProductCallers.Of(one.EnvironmentId, one.Environment, address, one.Account)!, from);

    // As with local accounts: no cookie before the row about it is written.
    private async Task BeginAsync(ProductIdentity who, Caller caller, IPAddress? from)
    {
        var environment = await lookup.NameAsync(who.EnvironmentId, Http.RequestAborted);
        await audit.WriteAsync(
            new AuditEvent(
                "account.sign-in",
                AuditPhase.Event,
                caller,
                environment,
                $"product user {who.UserId}",
                "done",
                Details: Details(("method", ProductClaims.Method), ("role", caller.Roles[0]), ("tenant", caller.Binding?.Tenant?.ToString() ?? "any"), ("address", from?.ToString() ?? "unknown"))),
            Http.RequestAborted);
        await Http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await Http.SignInAsync(IdentityConstants.ApplicationScheme, ProductClaims.Session(who, caller, clock.GetUtcNow()));
    }

    private async Task<SignInStep> RefuseAsync(ProductAnswers answers, string reason, IPAddress? from)
    {
        AccessMessages.SignInRefused(lookup.Logger, from?.ToString() ?? "unknown", reason);
        foreach (var environment in answers.Candidates.Select(one => one.Environment).Distinct(StringComparer.Ordinal))
        {
            await audit.WriteAsync(new AuditEvent(
                "account.sign-in",
                AuditPhase.Event,
                Actor: null,
                environment,
                $"product user {answers.Address}",
                "refused",
                Details: Details(("reason", reason), ("address", from?.ToString() ?? "unknown"))));
        }

        return SignInStep.Refused;
    }

    private static ProductIdentity Identity(ProductCandidate one, string address) => new(one.EnvironmentId, one.Account.Id, address, ProductStamp.Of(one.Account));

    private static Dictionary<string, string> Details(params (string Name, string Value)[] facts) =>
        facts.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
}
