using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Data.Environments;

/// <inheritdoc cref="IEnvironmentStore" />
internal sealed class EnvironmentStore(
    IDbContextFactory<AdminDbContext> contexts,
    IDataProtectionProvider protection,
    TimeProvider clock,
    ILogger<EnvironmentStore> logger) : IEnvironmentStore
{
    private readonly IDataProtector _protector = protection.CreateProtector("MnfstRag.Admin.EnvironmentCredential.v1");

    public async Task<IReadOnlyList<WatchedEnvironment>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Environments
            .AsNoTracking()
            .OrderBy(row => row.Name)
            .Select(row => new { row.Id, row.Name, Kinds = row.Credentials.Select(credential => credential.Kind).ToList() })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new WatchedEnvironment(row.Id, row.Name, row.Kinds.ToHashSet()))];
    }

    public async Task<string?> CredentialAsync(Guid environmentId, CredentialKind kind, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var text = await context.Credentials
            .AsNoTracking()
            .Where(row => row.EnvironmentId == environmentId && row.Kind == kind)
            .Select(row => row.ProtectedUrl)
            .SingleOrDefaultAsync(cancellationToken);
        return text is null ? null : Open(text, environmentId, kind);
    }

    /// <summary>The credentials of one environment.</summary>
    public async Task<IReadOnlyList<StoredCredential>> CredentialsAsync(Guid environmentId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Credentials.AsNoTracking().Where(row => row.EnvironmentId == environmentId).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new StoredCredential(row.Kind, Open(row.ProtectedUrl, environmentId, row.Kind) is { } url ? DatabaseUrl.Parse(url).Url : null, row.ChangedAt))];
    }

    /// <summary>Sets a credential, or takes it away, in the caller's context and transaction. False when there is no such environment.</summary>
    public async Task<bool> PutAsync(AdminDbContext context, Guid environmentId, CredentialKind kind, string? url, CancellationToken cancellationToken)
    {
        if (await context.Environments.Include(one => one.Credentials).SingleOrDefaultAsync(one => one.Id == environmentId, cancellationToken) is not { } row)
        {
            return false;
        }

        if (url is not null)
        {
            Set(row, kind, url);
        }
        else if (row.Credentials.SingleOrDefault(one => one.Kind == kind) is { } stored)
        {
            row.Credentials.Remove(stored);
        }

        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Writes what the configuration names and what differs from the store; nothing is removed.</summary>
    public async Task UpsertAsync(IReadOnlyList<ConfiguredEnvironment> configured, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var environment in configured)
        {
            var row = await context.Environments.Include(one => one.Credentials).SingleOrDefaultAsync(one => one.Name == environment.Name, cancellationToken);
            if (row is null)
            {
                row = new EnvironmentRow { Id = Guid.CreateVersion7(clock.GetUtcNow()), Name = environment.Name, CreatedAt = clock.GetUtcNow() };
                context.Environments.Add(row);
            }

            var set = environment.Credentials.Where(credential => Set(row, credential.Key, credential.Value)).Select(credential => credential.Key).ToList();
            if (set.Count > 0)
            {
                StoreLog.CredentialsSet(logger, environment.Name, string.Join(", ", set));
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    private bool Set(EnvironmentRow row, CredentialKind kind, string url)
    {
        var stored = row.Credentials.SingleOrDefault(one => one.Kind == kind);
        if (stored is not null && Open(stored.ProtectedUrl, row.Id, kind) == url)
        {
            return false;
        }

        if (stored is null)
        {
            stored = new CredentialRow { EnvironmentId = row.Id, Kind = kind, ProtectedUrl = "" };
            row.Credentials.Add(stored);
        }

        stored.ProtectedUrl = _protector.Protect(url);
        stored.ChangedAt = clock.GetUtcNow();
        return true;
    }

    private string? Open(string text, Guid environmentId, CredentialKind kind)
    {
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException fault)
        {
            StoreLog.CredentialUnreadable(logger, kind, environmentId, fault);
            return null;
        }
    }
}
