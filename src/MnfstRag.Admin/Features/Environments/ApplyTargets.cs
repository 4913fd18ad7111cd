using System.Globalization;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data.Settings.Applying;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Finds, reads and writes the targets of an environment. Singleton. Checks no permission and writes no audit row.</summary>
internal sealed class ApplyTargets(EnvFileTarget files, Vaults vaults, IOptions<ApplyingOptions> applying, IReachList reach)
{
    private static readonly (string Field, string Key)[] VaultFields = [("url", "DATABASE_URL"), ("jwt_secret", "JWT_SECRET_KEY")];

    /// <summary>The targets, those included that something is missing for.</summary>
    public IReadOnlyList<ApplyTarget> Of(EnvironmentSettings settings) => [.. Files(settings.Name), Vault(settings)];

    /// <summary>Vault as the settings name it; null, and why, where they do not.</summary>
    public static VaultAddress? VaultOf(EnvironmentSettings settings, out string? missing)
    {
        if (settings.Kind != EnvironmentKind.Production)
        {
            missing = "The product reads Vault in production only.";
            return null;
        }

        return VaultAddress.TryParse(settings.Text("VAULT_URL"), settings.Text("VAULT_ROLE_ID"), settings.Text("VAULT_SECRET_ID"), out var address, out missing) ? address : null;
    }

    /// <summary>What the product takes from Vault, as the settings have it.</summary>
    public static IReadOnlyDictionary<string, string> VaultValues(EnvironmentSettings settings) => VaultFields
        .Select(field => (field.Key, Value: settings.Text(field.Key)))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);

    /// <summary>A version of the secret as keys of the product.</summary>
    public static IReadOnlyDictionary<string, string> KeysOf(VaultSecret secret) => VaultFields
        .Where(field => secret.Text(field.Field) is not null)
        .ToDictionary(field => field.Key, field => secret.Text(field.Field)!, StringComparer.Ordinal);

    /// <summary>Reads a target.</summary>
    public async Task<TargetState> LookAsync(EnvironmentSettings settings, ApplyTarget target, CancellationToken cancellationToken)
    {
        if (target.Kind == ApplyTargetKind.File)
        {
            var seen = await files.LookAsync(target.Place, cancellationToken);
            return new TargetState(seen.Mark, new Dictionary<string, string>(StringComparer.Ordinal), seen.File, seen.Fault);
        }

        var reading = await VaultAsync(settings, cancellationToken);
        return reading is { State: VaultState.Answered, Secret: { } secret }
            ? new TargetState(Mark(secret), KeysOf(secret), null, null)
            : TargetState.Broken(reading.Fault!);
    }

    /// <summary>Asks Vault; the last known values stand beside the reason where it does not answer.</summary>
    public async Task<VaultReading> VaultAsync(EnvironmentSettings settings, CancellationToken cancellationToken) =>
        VaultOf(settings, out var missing) is { } address
            ? await vaults.ReadAsync(settings.Name, address, reach.Policy, cancellationToken)
            : new VaultReading(null, null, VaultState.Odd, missing);

    /// <summary>What is known of Vault without asking; null for nothing.</summary>
    public VaultReading? LastKnownVault(EnvironmentSettings settings) => VaultOf(settings, out _) is { } address ? vaults.LastKnown(settings.Name, address) : null;

    /// <summary>Writes, reads back, and says how it went.</summary>
    public Task<ApplyReport> WriteAsync(EnvironmentSettings settings, ApplyTarget target, string mark, CancellationToken cancellationToken) =>
        target.Kind == ApplyTargetKind.File ? WriteFileAsync(settings, target, mark, cancellationToken) : WriteVaultAsync(settings, target, mark, cancellationToken);

    private async Task<ApplyReport> WriteFileAsync(EnvironmentSettings settings, ApplyTarget target, string mark, CancellationToken cancellationToken)
    {
        var applied = await files.ApplyAsync(target.Place, settings.File, mark, cancellationToken);
        return applied switch
        {
            { Fault: null } => new(ApplyReport.Done, $"{target.Place} is written, for its owner alone, and reads back to the byte.{(applied.Backup is { } backup ? $" What stood there is in {backup} beside it." : "")}"),
            { Backup: null } => new(ApplyReport.NotDone, applied.Fault),
            _ => new(ApplyReport.Unconfirmed, applied.Fault),
        };
    }

    private async Task<ApplyReport> WriteVaultAsync(EnvironmentSettings settings, ApplyTarget target, string mark, CancellationToken cancellationToken)
    {
        var before = await VaultAsync(settings, cancellationToken);
        if (before is not { State: VaultState.Answered, Secret: { } seen } || Mark(seen) != mark)
        {
            return new(ApplyReport.NotDone, before.Fault ?? $"Somebody wrote a newer version of {target.Words} meanwhile. Nothing was written: look at it again.");
        }

        var wanted = VaultValues(settings);
        var address = VaultOf(settings, out _)!;
        var written = await vaults.WriteAsync(settings.Name, address, reach.Policy, seen, wanted.ToDictionary(pair => VaultFields.First(field => field.Key == pair.Key).Field, pair => pair.Value, StringComparer.Ordinal), cancellationToken);

        // Whatever the answer was, and also when none came: what stands there now is the proof.
        var after = await VaultAsync(settings, cancellationToken);
        var stands = after is { State: VaultState.Answered, Secret: { } now } && now.Version > seen.Version && wanted.All(pair => KeysOf(now).GetValueOrDefault(pair.Key) == pair.Value);
        return (written.State, after.State, stands) switch
        {
            (_, VaultState.Answered, true) => new(ApplyReport.Done, string.Create(CultureInfo.InvariantCulture, $"{target.Words} has version {after.Secret!.Version}, and reads back as it was written. Its other fields are as they were.")),
            (VaultState.Answered, VaultState.Answered, false) => new(ApplyReport.Unconfirmed, $"{target.Words} was written, and says something else when it is read back: somebody else writes it too. Look at it again."),
            (VaultState.Answered, _, _) => new(ApplyReport.Unconfirmed, $"{target.Words} was written; reading it back failed. {after.Fault}"),
            (_, VaultState.Answered, _) => new(ApplyReport.NotDone, written.Fault!),
            (VaultState.Unreachable, _, _) => new(ApplyReport.Unconfirmed, $"Nobody can say whether {target.Words} was written. {written.Fault} Look at it again once it answers."),
            _ => new(ApplyReport.NotDone, written.Fault!),
        };
    }

    private IEnumerable<ApplyTarget> Files(string environment)
    {
        var name = $".env.{environment}";
        return !IsPlain(environment) ? [new(ApplyTargetKind.File, ".env", "The environment's name has characters that a file's name should not have: export it instead.")]
            : applying.Value.All is { Count: 0 } ? [new(ApplyTargetKind.File, name, $"No folder is named in which files may be written. The operator of the dashboard sets {ApplyingOptions.Section}:{nameof(ApplyingOptions.Folders)} to the backend's folder.")]
            : applying.Value.All.Select(folder => new ApplyTarget(ApplyTargetKind.File, Path.Combine(Path.GetFullPath(folder), name)));
    }

    private static ApplyTarget Vault(EnvironmentSettings settings) =>
        VaultOf(settings, out var missing) is { } address
            ? new(ApplyTargetKind.Vault, address.Place, VaultValues(settings).Count == 0 ? "Neither DATABASE_URL nor JWT_SECRET_KEY has a value that can be given to Vault." : null)
            : new(ApplyTargetKind.Vault, "VAULT_URL", missing);

    private static string Mark(VaultSecret secret) => secret.Version.ToString(CultureInfo.InvariantCulture);

    private static bool IsPlain(string name) => name.Length is > 0 and <= 64 && name[0] != '-' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
