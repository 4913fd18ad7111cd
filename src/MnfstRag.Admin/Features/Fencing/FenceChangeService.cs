using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>
/// Applies and removes the scripts with the maintain credential, and lets the product's users in. The password is asked again; an audit row
/// goes before and one after; without the first nothing is done. Scoped.
/// </summary>
public sealed class FenceChangeService
{
    private readonly IAccess _access;
    private readonly IEnvironmentStore _environments;
    private readonly FenceInspection _inspection;
    private readonly FenceKeys _keys;
    private readonly ProductSignInSwitch _signIns;
    private readonly PasswordAgain _passwords;
    private readonly IAuditLog _audit;
    private readonly WritableGuard _guard;
    private readonly TimeProvider _clock;
    private readonly ILogger<FenceChangeService> _logger;

    internal FenceChangeService(
        IAccess access,
        IEnvironmentStore environments,
        FenceInspection inspection,
        FenceKeys keys,
        ProductSignInSwitch signIns,
        PasswordAgain passwords,
        IAuditLog audit,
        WritableGuard guard,
        TimeProvider clock,
        ILogger<FenceChangeService> logger) =>
        (_access, _environments, _inspection, _keys, _signIns, _passwords, _audit, _guard, _clock, _logger) = (access, environments, inspection, keys, signIns, passwords, audit, guard, clock, logger);

    /// <summary>
    /// Applies the script that was read, then gives its role a password and stores the credential, where none is set. One that has changed
    /// since it was read is not applied.
    /// </summary>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="part">Which of the scripts.</param>
    /// <param name="print">The script that was read: <see cref="FencePartView.Print"/>.</param>
    /// <param name="password">The caller's own, again.</param>
    /// <param name="cancellationToken">Ends the call before anything was written.</param>
    /// <exception cref="PermissionDeniedException">The caller may not; the refusal is in the audit log.</exception>
    public async Task<FenceChange> ApplyAsync(string environment, FencePart part, string print, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.FenceTenants, cancellationToken);
        var (known, maintain, fault) = await PrepareAsync(caller, environment, Action(part, "apply"), password, cancellationToken);
        if (known is null || maintain is null)
        {
            return FenceChange.Refused(fault!);
        }

        var state = await _inspection.LookAsync(known.Id, part, cancellationToken);
        if (state?.Script is not { } script)
        {
            return FenceChange.Refused(state?.Words ?? "There is no credential to look at the database with.");
        }

        return FenceService.Print(script) == print
            ? await RunAsync(caller, known, maintain, part, Action(part, "apply"), script, then: () => _keys.RenewAsync(caller, known, part, maintain))
            : FenceChange.Refused("The script is not the one that you read: the product's tables or roles have changed since. Read it again.");
    }

    /// <summary>Takes away what a script built, and the credential that goes with it unless the configuration names it.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not; the refusal is in the audit log.</exception>
    public async Task<FenceChange> RemoveAsync(string environment, FencePart part, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.FenceTenants, cancellationToken);
        var (known, maintain, fault) = await PrepareAsync(caller, environment, Action(part, "remove"), password, cancellationToken);
        if (known is null || maintain is null)
        {
            return FenceChange.Refused(fault!);
        }

        var names = (await FenceCredentials.ReadAsync(_environments, known.Id, cancellationToken)).NamesOf(part);
        var script = part == FencePart.Tenants ? FenceScript.Remove(names) : SignInScript.Remove(names);
        return await RunAsync(caller, known, maintain, part, Action(part, "remove"), script, then: () => _keys.ForgetAsync(caller, known, part));
    }

    /// <summary>Lets users of the product sign in to an environment, or not any more: then those who are in are out within a minute.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not; the refusal is in the audit log.</exception>
    public async Task<FenceChange> EnableSignInAsync(string environment, bool enabled, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.FenceTenants, cancellationToken);
        var action = enabled ? "sign-in.enable" : "sign-in.disable";
        if (await FindAsync(environment, cancellationToken) is not { } known)
        {
            return FenceChange.Refused($"There is no environment called {environment}.");
        }

        if (await WrongPasswordAsync(caller, known.Name, action, password, cancellationToken) is { } fault)
        {
            return FenceChange.Refused(fault);
        }

        if (enabled && (!known.Credentials.Contains(CredentialKind.SignIn) || await _inspection.LookAsync(known.Id, FencePart.SignIn, cancellationToken) is not { Holds: true }))
        {
            return FenceChange.Refused("Nobody was let in: the sign-in function does not stand as it must, or its credential is not set. Apply its script first.");
        }

        return await _signIns.SetAsync(caller, known, enabled, cancellationToken)
            ? new FenceChange(true, enabled ? $"Tenant admins and superadmins of {known.Name}'s product can sign in now." : $"Users of {known.Name}'s product cannot sign in any more; those who are in are out within a minute.")
            : FenceChange.Refused("It was so already.");
    }

    private async Task<FenceChange> RunAsync(Caller caller, WatchedEnvironment environment, DatabaseUrl maintain, FencePart part, string action, FenceScript script, Func<Task<string?>> then)
    {
        var entry = new AuditEvent(action, AuditPhase.Intent, caller, environment.Name, script.Title);
        var correlation = await _audit.WriteAsync(entry, CancellationToken.None);
        var applied = await new FenceInstaller(maintain, _clock).ApplyAsync(script, CancellationToken.None);
        var words = string.Join(' ', new[] { applied.Words }.Concat(applied.Notices.Select(notice => $"The server says: {notice}")));
        if (applied.Done == true && await then() is { } also)
        {
            words = $"{words} {also}";
        }

        var outcome = applied.Done switch { true => "done", false => "refused", _ => "not known" };
        try
        {
            await _audit.WriteAsync(entry with { Phase = AuditPhase.Outcome, Outcome = outcome, Correlation = correlation }, CancellationToken.None);
        }
        catch (StoreUnavailableException fault)
        {
            FenceLog.OutcomeNotWritten(_logger, action, environment.Name, correlation, outcome, fault);
            words += " The audit log could not take the outcome: it shows the intent as unproven, and the dashboard's log has the outcome.";
        }

        await _inspection.LookAsync(environment.Id, part, CancellationToken.None);
        return new FenceChange(applied.Done, words, correlation);
    }

    private async Task<(WatchedEnvironment? Environment, DatabaseUrl? Maintain, string? Fault)> PrepareAsync(Caller caller, string environment, string action, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(environment, cancellationToken) is not { } known)
        {
            return (null, null, $"There is no environment called {environment}.");
        }

        if (await WrongPasswordAsync(caller, known.Name, action, password, cancellationToken) is { } fault)
        {
            return (known, null, fault);
        }

        if ((await FenceCredentials.ReadAsync(_environments, known.Id, cancellationToken)).Maintain is { } maintain)
        {
            var target = (await _guard.StandingAsync(known.Name, cancellationToken)).Toward(maintain);
            return (known, target.Url, target.Refusal);
        }

        return (known, null, $"{known.Name} has no maintain credential that could be used, and no other stands in for it. Set one under Credentials: its role must own the product's tables.");
    }

    private async Task<string?> WrongPasswordAsync(Caller caller, string environment, string action, string password, CancellationToken cancellationToken)
    {
        var fault = await _passwords.CheckAsync(caller, password);
        if (fault is not null)
        {
            await _audit.WriteAsync(new AuditEvent(action, AuditPhase.Event, caller, environment, "own password", "refused"), cancellationToken);
        }

        return fault;
    }

    private async Task<WatchedEnvironment?> FindAsync(string environment, CancellationToken cancellationToken) =>
        (await _environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);

    private static string Action(FencePart part, string verb) => $"{(part == FencePart.Tenants ? "fence" : "sign-in")}.{verb}";
}
