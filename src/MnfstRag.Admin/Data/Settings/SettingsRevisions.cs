using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Data.Settings;

/// <summary>Settings of environments in the own store, revision by revision. Singleton; for services, never for Razor. Checks no permission.</summary>
public sealed class SettingsRevisions(IDbContextFactory<AdminDbContext> contexts, IDataProtectionProvider protection, TimeProvider clock, ILogger<SettingsRevisions> logger)
{
    private const int FingerprintKeyBytes = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("MnfstRag.Admin.EnvironmentSettings.v1");

    /// <summary>The newest revision; null when nothing was saved yet.</summary>
    public async Task<SettingsRevision?> LatestAsync(Guid environment, CancellationToken cancellationToken = default) =>
        await ReadAsync(environment, null, int.MaxValue, most: 1, cancellationToken) is [var newest] ? newest : null;

    /// <summary>One revision; null when there is none of that number.</summary>
    public async Task<SettingsRevision?> FindAsync(Guid environment, int number, CancellationToken cancellationToken = default) =>
        await ReadAsync(environment, number, int.MaxValue, most: 1, cancellationToken) is [var one] ? one : null;

    /// <summary>Revisions, the newest first.</summary>
    /// <param name="environment">Whose settings.</param>
    /// <param name="most">How many at most: each is decrypted.</param>
    /// <param name="upTo">The newest that is wanted; null for the newest there is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<SettingsRevision>> ListAsync(Guid environment, int most, int? upTo = null, CancellationToken cancellationToken = default) =>
        ReadAsync(environment, number: null, upTo ?? int.MaxValue, most, cancellationToken);

    /// <summary>
    /// Adds the next revision in the caller's transaction. Null when the newest is not <paramref name="expected"/> any more: nothing was
    /// written then. Whoever comes at the same time waits until the transaction ends.
    /// </summary>
    /// <param name="context">Has a transaction.</param>
    /// <param name="environment">Whose settings.</param>
    /// <param name="expected">Number that the writer saw last; 0 for none.</param>
    /// <param name="file">The settings.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<SettingsRevision?> AppendAsync(
        AdminDbContext context, Guid environment, int expected, EnvFile file, string by, string reason, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync($"SELECT 1 FROM admin.environments WHERE id = {environment} FOR UPDATE", cancellationToken);
        var row = await context.SettingsRevisions.AsNoTracking()
            .Where(one => one.EnvironmentId == environment).OrderByDescending(one => one.Number).FirstOrDefaultAsync(cancellationToken);
        var last = row is null ? null : Open(row);
        if ((last?.Number ?? 0) != expected)
        {
            return null;
        }

        // The store keeps microseconds; the moment of a key and of its revision are the same one.
        var read = clock.GetUtcNow();
        var now = read.AddTicks(-(read.Ticks % TimeSpan.TicksPerMicrosecond));
        var content = new SettingsContent(
            file.ToBytes(),
            last?.Content?.FingerprintKey ?? RandomNumberGenerator.GetBytes(FingerprintKeyBytes),
            Keys(file).ToDictionary(key => key, key => last?.File?.Find(key)?.Value == file.Find(key)!.Value && last?.ChangedAt(key) is { } at ? at : now, StringComparer.Ordinal));
        context.SettingsRevisions.Add(new SettingsRevisionRow
        {
            EnvironmentId = environment,
            Number = expected + 1,
            By = by,
            At = now,
            Reason = reason,
            ProtectedContent = _protector.Protect(JsonSerializer.Serialize(content)),
        });
        await context.SaveChangesAsync(cancellationToken);
        return new SettingsRevision(expected + 1, by, now, reason, file) { Content = content };
    }

    private static IEnumerable<string> Keys(EnvFile file) =>
        file.Lines.Where(line => line.Kind == EnvLineKind.Assignment).Select(line => line.Key!).Distinct(StringComparer.Ordinal);

    private async Task<IReadOnlyList<SettingsRevision>> ReadAsync(Guid environment, int? number, int upTo, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.SettingsRevisions.AsNoTracking()
            .Where(row => row.EnvironmentId == environment && (number == null || row.Number == number) && row.Number <= upTo)
            .OrderByDescending(row => row.Number)
            .Take(most)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(Open);
    }

    private SettingsRevision Open(SettingsRevisionRow row)
    {
        SettingsContent? content = null;
        try
        {
            content = JsonSerializer.Deserialize<SettingsContent>(_protector.Unprotect(row.ProtectedContent));
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            StoreLog.SettingsUnreadable(logger, row.Number, row.EnvironmentId, fault);
        }

        return new SettingsRevision(row.Number, row.By, row.At, row.Reason, content is null ? null : EnvFile.Read(content.File)) { Content = content };
    }
}
