using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Hands settings out as a file. Secrets go as references to themselves; in clear only to who may change settings, typed the password again, and is written down. Scoped.</summary>
public sealed class ExportSettingsService
{
    private readonly IAccess _access;
    private readonly SettingsReading _reading;
    private readonly SettingsRevisions _revisions;
    private readonly PasswordAgain _passwords;
    private readonly IAuditLog _audit;

    internal ExportSettingsService(IAccess access, SettingsReading reading, SettingsRevisions revisions, PasswordAgain passwords, IAuditLog audit) =>
        (_access, _reading, _revisions, _passwords, _audit) = (access, reading, revisions, passwords, audit);

    /// <summary>The newest revision without its secrets.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<ExportedFile> WithReferencesAsync(string environment, SettingsForm form, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        return await LatestAsync(environment, cancellationToken) is { File: { } file } latest
            ? ExportedFile.Of(environment, latest.Number, form, EnvFile.Parse(MaskedEnv.WithReferences(file)))
            : ExportedFile.Missing(environment);
    }

    /// <summary>The newest revision with its secrets, after the password was typed again. Without its audit row nothing is handed out.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<ExportedFile> WithSecretsAsync(string environment, SettingsForm form, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (await LatestAsync(environment, cancellationToken) is not { File: { } file } latest)
        {
            return ExportedFile.Missing(environment);
        }

        var fault = await _passwords.CheckAsync(caller, password);
        await _audit.WriteAsync(
            new AuditEvent("settings.export-secrets", AuditPhase.Event, caller, environment, FormattableString.Invariant($"revision {latest.Number} as {form}"), fault is null ? "done" : "refused"),
            cancellationToken);
        return fault is null ? ExportedFile.Of(environment, latest.Number, form, file) : new ExportedFile("", "", fault);
    }

    private async Task<SettingsRevision?> LatestAsync(string environment, CancellationToken cancellationToken) =>
        await _reading.FindAsync(environment, cancellationToken) is { } known ? await _revisions.LatestAsync(known.Id, cancellationToken) : null;
}
