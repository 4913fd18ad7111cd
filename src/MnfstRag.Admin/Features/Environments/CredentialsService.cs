using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Protection;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>
/// The dashboard's own four credentials of an environment. They go in and never come out; one is saved only after it was tried on the
/// living server and the password was typed again. Scoped.
/// </summary>
public sealed class CredentialsService
{
    private const int LongestAddress = 4_096;
    private static readonly string[] CertificateParameters = ["sslrootcert", "sslcert", "sslkey"];

    private readonly IAccess _access;
    private readonly EnvironmentStore _store;
    private readonly IConfiguration _configuration;
    private readonly IReachList _reach;
    private readonly SecretKeeping _keeping;
    private readonly PasswordAgain _passwords;
    private readonly IDbContextFactory<AdminDbContext> _contexts;
    private readonly AuditLog _audit;
    private readonly IOptions<SettingsOptions> _options;
    private readonly TimeProvider _clock;

    internal CredentialsService(
        IAccess access,
        EnvironmentStore store,
        IConfiguration configuration,
        IReachList reach,
        SecretKeeping keeping,
        PasswordAgain passwords,
        IDbContextFactory<AdminDbContext> contexts,
        AuditLog audit,
        IOptions<SettingsOptions> options,
        TimeProvider clock)
    {
        (_access, _store, _configuration, _reach, _keeping) = (access, store, configuration, reach, keeping);
        (_passwords, _contexts, _audit, _options, _clock) = (passwords, contexts, audit, options, clock);
    }

    /// <summary>The four credentials; null when there is no such environment.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<CredentialView>?> ListAsync(string environment, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        if (await FindAsync(environment, cancellationToken) is not { } known)
        {
            return null;
        }

        var stored = (await _store.CredentialsAsync(known.Id, cancellationToken)).ToDictionary(one => one.Kind);
        return [.. Enum.GetValues<CredentialKind>().Select(kind => stored.TryGetValue(kind, out var one)
            ? new CredentialView(kind, true, one.Url?.ToString(), one.ChangedAt, ConfiguredBy(environment, kind))
            : new CredentialView(kind, false, null, null, null))];
    }

    /// <summary>Tries a stored credential on its server; nothing is changed.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings: a probe signs in with them.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<CredentialResult> TryAsync(string environment, CredentialKind kind, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (await FindAsync(environment, cancellationToken) is not { } known || (await _store.CredentialsAsync(known.Id, cancellationToken)).FirstOrDefault(one => one.Kind == kind) is not { Url: { } url })
        {
            return new CredentialResult("There is nothing to try: it is not set, or cannot be decrypted.", []);
        }

        // What the configuration names was chosen by who runs the dashboard; what a person typed passes the list.
        var policy = ConfiguredBy(environment, kind) is null ? _reach.Policy : ReachPolicy.OwnMachine;
        return new CredentialResult(null, await ProbeAsync(known, kind, url, policy, progress, cancellationToken));
    }

    /// <summary>Sets a credential after it was tried. An error of the server stops it.</summary>
    /// <param name="environment">Whose.</param>
    /// <param name="kind">Which.</param>
    /// <param name="address">postgresql://user:password@host:5432/database, password and all.</param>
    /// <param name="password">The caller's own, again.</param>
    /// <param name="progress">Told what is being asked.</param>
    /// <param name="cancellationToken">Ends it before anything was written.</param>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer: nothing was changed.</exception>
    public async Task<CredentialResult> SetAsync(
        string environment, CredentialKind kind, string address, string password, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        var known = await FindAsync(environment, cancellationToken);
        if ((_keeping.Refusal ?? Refusal(environment, known, kind) ?? Read(address.Trim(), out _)) is { } fault)
        {
            return new CredentialResult(fault, []);
        }

        Read(address.Trim(), out var url);
        if (await RefusedAsync(caller, "credential.set", environment, kind, password, cancellationToken) is { } wrong)
        {
            return new CredentialResult(wrong, []);
        }

        var findings = await ProbeAsync(known!, kind, url!, _reach.Policy, progress, cancellationToken);
        if (findings.Any(finding => finding.Level == FindingLevel.Error))
        {
            return new CredentialResult("Nothing was saved: what the server says stands in the way.", findings);
        }

        var done = await WriteAsync(caller, "credential.set", known!, kind, address.Trim(), url!.ToString(), cancellationToken);
        return new CredentialResult(done ? null : $"Nothing was saved: {environment} was removed meanwhile.", findings);
    }

    /// <summary>Takes a credential away: what it was for is switched off.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer: nothing was changed.</exception>
    public async Task<CredentialResult> RemoveAsync(string environment, CredentialKind kind, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        var known = await FindAsync(environment, cancellationToken);
        if ((Refusal(environment, known, kind) ?? await RefusedAsync(caller, "credential.remove", environment, kind, password, cancellationToken)) is { } fault)
        {
            return new CredentialResult(fault, []);
        }

        var done = await WriteAsync(caller, "credential.remove", known!, kind, null, null, cancellationToken);
        return new CredentialResult(done ? null : $"{environment} was removed meanwhile.", []);
    }

    private static string? Read(string address, out DatabaseUrl? url)
    {
        url = null;
        if (address.Length is 0 or > LongestAddress)
        {
            return $"Type the whole address, password and all: postgresql://user:password@host:5432/database. It has at most {LongestAddress} characters.";
        }

        if (!DatabaseUrl.Parse(address).Succeeded(out var read, out var fault))
        {
            return fault.Words;
        }

        url = read;
        return read switch
        {
            { IsMonitorable: false } => "sqlite has no server that could be asked. Write postgresql://user:password@host:5432/database.",
            { Kind: not DatabaseUrlKind.Url } => "Write it as an address: postgresql://user:password@host:5432/database.",
            _ when string.IsNullOrEmpty(read.User) => "The address names no user. Write postgresql://user:password@host:5432/database.",
            _ when read.Parameter("passfile") is not null => "passfile is not read here: type the password into the address.",
            _ when CertificateParameters.Any(name => read.Parameter(name) is { Length: > 0 } path && path != "system" && !Path.IsPathRooted(path)) =>
                "Write the whole path of a certificate or key.",
            _ => null,
        };
    }

    private string? Refusal(string environment, WatchedEnvironment? known, CredentialKind kind) =>
        known is null ? $"There is no environment called {environment}."
        : ConfiguredBy(environment, kind) is { } key ? $"The configuration sets it ({key}) and puts it back at each start: change it there."
        : null;

    private async Task<string?> RefusedAsync(Caller caller, string action, string environment, CredentialKind kind, string password, CancellationToken cancellationToken)
    {
        if (await _passwords.CheckAsync(caller, password) is not { } wrong)
        {
            return null;
        }

        await _audit.WriteAsync(new AuditEvent(action, AuditPhase.Event, caller, environment, $"{CredentialWords.Name(kind)} credential", "refused"), cancellationToken);
        return wrong;
    }

    private async Task<IReadOnlyList<Finding>> ProbeAsync(WatchedEnvironment environment, CredentialKind kind, DatabaseUrl url, ReachPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var options = new LiveOptions { Policy = policy, Directory = _options.Value.CertificateDirectory, ConfinedTo = ReferenceEquals(policy, ReachPolicy.OwnMachine) ? null : _options.Value.CertificateDirectory };
        var key = CredentialWords.Name(kind);
        var findings = await new CredentialProbe(options, _clock).RunAsync(
            key, url, CredentialWords.PurposeOf(kind), EnvironmentKinds.Of(environment.Name) == EnvironmentKind.Production, progress, cancellationToken);
        return kind != CredentialKind.Watch && (await _store.CredentialsAsync(environment.Id, cancellationToken)).FirstOrDefault(one => one.Kind == CredentialKind.Watch)?.Url is { } watched && !LeadToOne(watched, url)
            ? [.. findings.Append(new Finding(key, "another-server", FindingLevel.Warning, $"This address leads to {Place(url)}, and the watch credential to {Place(watched)}.", "Check that both are the same server and database.")).OrderByDescending(finding => finding.Level)]
            : findings;
    }

    private async Task<bool> WriteAsync(Caller caller, string action, WatchedEnvironment environment, CredentialKind kind, string? address, string? shown, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await _audit.WithAsync(
            context,
            async () => await _store.PutAsync(context, environment.Id, kind, address, cancellationToken)
                ? new AuditEvent(
                    action,
                    AuditPhase.Event,
                    caller,
                    environment.Name,
                    $"{CredentialWords.Name(kind)} credential",
                    "done",
                    Details: shown is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["address"] = shown })
                : null,
            cancellationToken);
    }

    private string? ConfiguredBy(string environment, CredentialKind kind) =>
        ConfiguredEnvironments.Read(_configuration).Any(one => one.Name == environment && one.Credentials.ContainsKey(kind)) ? $"{ConfiguredEnvironments.Section}:{environment}:{kind}" : null;

    private static bool LeadToOne(DatabaseUrl one, DatabaseUrl other) =>
        one.Database == other.Database && one.Hosts.Any(host => other.Hosts.Any(its => string.Equals(its.ToString(), host.ToString(), StringComparison.OrdinalIgnoreCase)));

    private static string Place(DatabaseUrl url) => $"{string.Join(", ", url.Hosts)}/{url.Database}";

    private async Task<WatchedEnvironment?> FindAsync(string environment, CancellationToken cancellationToken) =>
        (await _store.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);
}
