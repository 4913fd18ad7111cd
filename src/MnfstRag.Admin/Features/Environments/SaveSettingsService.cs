using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Protection;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Tries a draft on the living server, and saves it as a revision once nothing speaks against it. Scoped.</summary>
public sealed class SaveSettingsService
{
    /// <summary>Shortest reason, in characters.</summary>
    public const int ShortestReason = 3;

    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 300;

    private static readonly TimeSpan PoolerPatience = TimeSpan.FromSeconds(3);

    private readonly IAccess _access;
    private readonly SettingsReading _reading;
    private readonly SettingsProofs _proofs;
    private readonly SettingsRevisions _revisions;
    private readonly IDbContextFactory<AdminDbContext> _contexts;
    private readonly AuditLog _audit;
    private readonly IPoolSources _pools;
    private readonly IReachList _reach;
    private readonly SecretKeeping _keeping;
    private readonly IOptions<SettingsOptions> _options;
    private readonly TimeProvider _clock;

    internal SaveSettingsService(
        IAccess access,
        SettingsReading reading,
        SettingsProofs proofs,
        SettingsRevisions revisions,
        IDbContextFactory<AdminDbContext> contexts,
        AuditLog audit,
        IPoolSources pools,
        IReachList reach,
        SecretKeeping keeping,
        IOptions<SettingsOptions> options,
        TimeProvider clock)
    {
        (_access, _reading, _proofs, _revisions, _contexts) = (access, reading, proofs, revisions, contexts);
        (_audit, _pools, _reach, _keeping, _options, _clock) = (audit, pools, reach, keeping, options, clock);
    }

    /// <summary>
    /// Asks the servers that the draft names, reading only. Nothing is asked while a stored secret would go where it was not typed for,
    /// or the text cannot be read.
    /// </summary>
    /// <param name="draft">The draft.</param>
    /// <param name="progress">Told what is being asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PermissionDeniedException">The caller may not change settings: a probe signs in with them.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<LiveProof> TryAsync(SettingsDraft draft, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        return await ProveAsync(draft, await _reading.ReadAsync(draft, cancellationToken), progress, cancellationToken);
    }

    /// <summary>
    /// Saves a draft as the next revision, with its audit row or not at all. An error of any ring stops it; so does somebody else who saved
    /// meanwhile, and nothing is lost then.
    /// </summary>
    /// <param name="draft">The draft.</param>
    /// <param name="reason">Why, for whoever reads it in a year.</param>
    /// <param name="progress">Told what is being asked.</param>
    /// <param name="cancellationToken">Ends it before anything was written.</param>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer: nothing was saved.</exception>
    public async Task<SaveResult> SaveAsync(SettingsDraft draft, string reason, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        var read = await _reading.ReadAsync(draft, cancellationToken);
        var judged = await _reading.JudgeAsync(draft, read, cancellationToken);
        if ((read.Latest?.Number ?? 0) != draft.Expected)
        {
            return await OvertakenAsync(draft, judged, cancellationToken);
        }

        var why = reason.Trim();
        var changes = SettingsReading.Changes(read.Latest?.File, read.Settings.File, read.Latest);
        if ((_keeping.Refusal ?? FaultOf(why, read, changes)) is { } fault)
        {
            return new SaveResult(null, fault, judged);
        }

        var findings = judged.Any(finding => finding.Level == FindingLevel.Error)
            ? judged
            : [.. judged.Concat((_proofs.Of(read) ?? await ProveAsync(draft, read, progress, cancellationToken)).Findings).OrderByDescending(finding => finding.Level)];
        if (findings.Count(finding => finding.Level == FindingLevel.Error) is > 0 and var errors)
        {
            return new SaveResult(null, $"Nothing was saved: {(errors == 1 ? "one error stands" : string.Create(CultureInfo.InvariantCulture, $"{errors} errors stand"))} in the way.", findings);
        }

        SettingsRevision? saved = null;
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await _audit.WithAsync(
            context,
            async () =>
            {
                saved = await _revisions.AppendAsync(context, draft.EnvironmentId, draft.Expected, read.Settings.File, caller.Name, why, cancellationToken);
                return saved is null ? null : Entry(caller, draft, saved, changes, findings);
            },
            cancellationToken);
        return saved is null ? await OvertakenAsync(draft, findings, cancellationToken) : new SaveResult(saved.Number, null, findings);
    }

    private async Task<LiveProof> ProveAsync(SettingsDraft draft, ReadDraft read, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (read.Faults.Concat(read.Astray).ToList() is { Count: > 0 } first)
        {
            return new LiveProof(first, [], _clock.GetUtcNow());
        }

        var policy = _reach.Policy;
        var sources = _pools.Of(read.Settings.Name);
        var pooler = await PoolerAsync(read.Settings, sources.PgBouncer, policy, progress, cancellationToken);
        var validator = new LiveValidator(
            new LiveOptions
            {
                Policy = policy,
                Directory = _options.Value.CertificateDirectory,
                ConfinedTo = _options.Value.CertificateDirectory,
                Workers = read.Settings.Workers ?? sources.Plan?.Workers,
                Engines = sources.Plan?.Engines ?? 1,
                Instances = sources.Plan?.Instances ?? 1,
                Others = [.. (await _reading.OthersAsync(draft.EnvironmentId, cancellationToken)).Select(Other)],
                PoolerAllowance = pooler is null ? null : pooler.Allow,
            },
            _clock);
        var findings = await validator.RunAsync(read.Settings, progress, cancellationToken);
        var proof = new LiveProof(findings, validator.Budgets, _clock.GetUtcNow());
        _proofs.Keep(read, proof);
        return proof;
    }

    private OtherBackend Other(EnvironmentSettings settings)
    {
        var plan = _pools.Of(settings.Name).Plan;
        return new OtherBackend(settings, settings.Workers ?? plan?.Workers, plan?.Engines ?? 1, plan?.Instances ?? 1);
    }

    /// <summary>What the pooler's console says, where the settings lead to that pooler; null where there is none, or it does not answer.</summary>
    private async Task<PgBouncerReading?> PoolerAsync(EnvironmentSettings settings, PgBouncerAddress? address, ReachPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (address is null || settings.Url?.Hosts.Any(host => string.Equals(host.ToString(), address.Host.ToString(), StringComparison.OrdinalIgnoreCase)) != true)
        {
            return null;
        }

        progress?.Report($"Asking {address.Host}: pooler's limits");
        await using var console = new PgBouncerConsole(address, policy, PoolerPatience, _clock);
        return (await console.ReadAsync(cancellationToken)).Value;
    }

    private async Task<SaveResult> OvertakenAsync(SettingsDraft draft, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var newest = await _revisions.LatestAsync(draft.EnvironmentId, cancellationToken);
        var seen = draft.Expected == 0 ? null : await _revisions.FindAsync(draft.EnvironmentId, draft.Expected, cancellationToken);
        return new SaveResult(
            null,
            newest is null ? "These settings are gone." : $"Nothing was saved: {newest.By} saved revision {newest.Number} meanwhile. Your changes are still here.",
            findings,
            newest is null ? null : SettingsReading.Row(newest, seen));
    }

    private static string? FaultOf(string reason, ReadDraft read, IReadOnlyList<SettingChange> changes)
    {
        if (changes.Count == 0 && (read.Latest?.File?.ToText() ?? "") == read.Settings.File.ToText())
        {
            return "Nothing was saved: it says what the newest revision says.";
        }

        if (read.Settings.File.ToBytes().Length is > EnvFile.LongestFile and var bytes)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Nothing was saved: the settings have {bytes:#,0} bytes, and a .env file has at most {EnvFile.LongestFile:#,0}.");
        }

        if (reason.Length is < ShortestReason or > LongestReason)
        {
            return reason.Length < ShortestReason
                ? "Say in a few words why: whoever rolls back wants to know."
                : string.Create(CultureInfo.InvariantCulture, $"The reason has {reason.Length} characters and {LongestReason} are kept. Shorten it.");
        }

        // A reason is shown to everybody who may see settings, and stands in the audit log for good.
        var secrets = read.Settings.File.Lines.Where(line => line.Kind == EnvLineKind.Assignment && SecretLines.Of(line) != SecretPart.Nothing).Select(line => line.Value!)
            .Append(read.Settings.Url?.Password ?? "");
        return secrets.Any(secret => secret.Length >= 4 && reason.Contains(secret, StringComparison.Ordinal)) ? "The reason repeats a secret of these settings, and it would be kept in clear. Say it otherwise." : null;
    }

    private static AuditEvent Entry(Caller caller, SettingsDraft draft, SettingsRevision saved, IReadOnlyList<SettingChange> changes, IReadOnlyList<Finding> findings) => new(
        draft.Origin == draft.Expected ? "settings.save" : "settings.roll-back",
        AuditPhase.Event,
        caller,
        draft.Environment,
        string.Create(CultureInfo.InvariantCulture, $"revision {saved.Number}"),
        "done",
        Details: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["reason"] = saved.Reason,
            ["keys"] = string.Join(", ", changes.Select(change => change.Key)),
            ["warnings"] = string.Join(", ", findings.Where(finding => finding.Level == FindingLevel.Warning).Select(finding => $"{finding.Key}: {finding.Rule}").Distinct(StringComparer.Ordinal)),
            ["from"] = string.Create(CultureInfo.InvariantCulture, $"revision {draft.Origin}"),
        });
}
