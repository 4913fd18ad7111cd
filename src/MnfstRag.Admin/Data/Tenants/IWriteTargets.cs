using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>Where an environment takes writes at this moment. Asked before each write, for a primary may be lost between two of them.</summary>
public interface IWriteTargets
{
    /// <summary><paramref name="credential"/> with the primary as its only host where it names several hosts, else as it is.</summary>
    /// <exception cref="TenantUnavailableException">Nothing may be written now: the primary is lost, two servers take writes, or only standbys are named.</exception>
    Task<DatabaseUrl> TowardAsync(Guid environment, DatabaseUrl credential, CancellationToken cancellationToken);
}
