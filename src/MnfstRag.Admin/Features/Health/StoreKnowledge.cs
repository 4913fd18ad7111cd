using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Postgres.Validating;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Health;

/// <summary>What the own store knows of one environment. A store that does not answer is an outcome, not an exception.</summary>
internal sealed class StoreKnowledge(
    WatchedEnvironment environment, AuditVerifier chain, SettingsRevisions revisions, Vaults vaults, ReachPolicy policy, IHistory history, IFenceRecords fences, TimeProvider clock) : IStoreKnowledge
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    /// <summary>The self-test runs every night: an older one says that the nights were missed.</summary>
    private static readonly TimeSpan ProofIsGood = TimeSpan.FromDays(3);

    private static readonly TimeSpan LongestProof = TimeSpan.FromSeconds(4);
    private const int Steps = 7 * 24;
    private const string StoreRemedy = "Look at the dashboard's own database (ConnectionStrings:Admin).";

    /// <inheritdoc />
    public async Task<CheckOutcome> AuditChainAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestProof);
        try
        {
            var verdict = await chain.VerifyAsync(expected: null, limit.Token);
            return verdict.IsIntact
                ? CheckOutcome.Ok(verdict.Words)
                : CheckOutcome.Failing(verdict.Words, "Somebody with rights on the dashboard's own database changed the log. Keep a copy of it, compare it with the heads that the logs recorded (verify-audit --head), and find out who can sign in there.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckOutcome.Skipped("The audit log is too long to be proven within a health check.", "Run verify-audit on the dashboard's machine, or the proof on the page of the audit log.");
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            return CheckOutcome.Warning("The audit log could not be read: the dashboard's own database does not answer.", StoreRemedy);
        }
    }

    /// <inheritdoc />
    public async Task<CheckOutcome> FenceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await fences.TestsAsync(environment.Id, 1, cancellationToken)) is [var test, ..]
                ? Judge(test, clock.GetUtcNow())
                : CheckOutcome.Skipped("A fence is installed, and no self-test of it has been run yet.", "Run the self-test on the fence's page: it tries to get through with another tenant's rows as bait.");
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            return CheckOutcome.Warning("A fence is installed; its last self-test could not be read: the dashboard's own database does not answer.", StoreRemedy);
        }
    }

    /// <inheritdoc />
    public async Task<CheckOutcome> VaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            if ((await revisions.LatestAsync(environment.Id, cancellationToken))?.File is not { } file)
            {
                return CheckOutcome.Skipped($"No settings of {environment.Name} are kept here, so it is not known whether they come from Vault.");
            }

            var settings = new EnvironmentSettings(environment.Name, file);
            if (settings.Kind != EnvironmentKind.Production)
            {
                return CheckOutcome.Skipped("The product reads Vault in production only.");
            }

            if (settings.Text("VAULT_URL") is null)
            {
                return CheckOutcome.Skipped($"The settings of {environment.Name} name no Vault (VAULT_URL).");
            }

            return VaultAddress.TryParse(settings.Text("VAULT_URL"), settings.Text("VAULT_ROLE_ID"), settings.Text("VAULT_SECRET_ID"), out var address, out var missing)
                ? Judge(address, await vaults.ReadAsync(environment.Name, address, policy, cancellationToken))
                : CheckOutcome.Failing(missing, "Correct it on the page of settings.");
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            return CheckOutcome.Warning("The settings could not be read: the dashboard's own database does not answer.", StoreRemedy);
        }
    }

    /// <inheritdoc />
    public async Task<SizePast> GrowthAsync(string database, CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow();
            var points = await history.SeriesAsync(DatabaseHistory.Kind, environment.Id, database, new TimeRange(now - Week, now), Steps, cancellationToken);
            return points.FirstOrDefault(point => point.Values[0] is not null) is { } first
                ? new SizePast((long)first.Values[0]!.Value, first.At, null)
                : new SizePast(null, null, "Its growth is unknown until an hour of history is kept.");
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            return new SizePast(null, null, "Its growth is unknown: the dashboard's own database does not answer.");
        }
    }

    internal static CheckOutcome Judge(FenceTest test, DateTimeOffset now)
    {
        var when = FormattableString.Invariant($"Self-test of {test.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {test.Words}");
        return test.Verdict switch
        {
            FenceVerdict.Broken => CheckOutcome.Failing(when, "One tenant can see another's rows. Close the tenant area of this environment, and apply the fence's script anew."),
            FenceVerdict.NotProven => CheckOutcome.Warning(when, "Look at the attempts on the fence's page: what could not be tried is not proven."),
            _ when now - test.At > ProofIsGood => CheckOutcome.Warning(when, "That is long ago. Run the self-test again."),
            _ => CheckOutcome.Ok(when),
        };
    }

    private static CheckOutcome Judge(VaultAddress address, VaultReading reading) => reading.State switch
    {
        VaultState.Answered when reading.Secret is { Version: > 0 } secret => CheckOutcome.Ok(FormattableString.Invariant($"Vault at {address.Place} answers; secret/database has version {secret.Version}.")),
        VaultState.Answered => CheckOutcome.Warning($"Vault at {address.Place} answers, and secret/database was never written.", "Write it, or take VAULT_URL out of the settings: the product would start without its database's address."),
        VaultState.NotListed => CheckOutcome.Skipped(reading.Fault ?? $"{address.Place} may not be asked.", $"Add {address.Place} to Outgoing:Allowed."),
        _ => CheckOutcome.Failing(reading.Fault ?? $"Vault at {address.Place} does not answer.", "The product cannot start without it, and cannot take a new secret. Unseal or restart Vault, or give the AppRole a new SecretID."),
    };
}
