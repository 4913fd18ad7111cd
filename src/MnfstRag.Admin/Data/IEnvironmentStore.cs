namespace MnfstRag.Admin.Data;

/// <summary>Environments and their credentials in the own store. Singleton; for services and samplers, never for Razor.</summary>
public interface IEnvironmentStore
{
    /// <summary>All environments, by name.</summary>
    Task<IReadOnlyList<WatchedEnvironment>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>The DATABASE_URL of one credential in clear, or null when not set. Never log it, never render it.</summary>
    Task<string?> CredentialAsync(Guid environmentId, CredentialKind kind, CancellationToken cancellationToken = default);
}
