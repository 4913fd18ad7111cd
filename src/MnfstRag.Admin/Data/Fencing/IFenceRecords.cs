using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Fencing;

/// <summary>What is known of the fences of all environments, in the own store. Singleton; for services and checks, never for Razor.</summary>
public interface IFenceRecords
{
    /// <summary>How an environment's fence stood last; null when it was never looked at.</summary>
    Task<FenceRecord?> FindAsync(Guid environmentId, CancellationToken cancellationToken = default);

    /// <summary>Keeps what was seen now. That it could not be looked at replaces nothing that is known: it only ages.</summary>
    Task KeepAsync(Guid environmentId, FenceState state, CancellationToken cancellationToken = default);

    /// <summary>The newest self-tests of an environment, newest first: for the fence's page, health checks and alerts.</summary>
    Task<IReadOnlyList<FenceTest>> TestsAsync(Guid environmentId, int most, CancellationToken cancellationToken = default);

    /// <summary>Keeps a self-test, and of each environment the newest hundred.</summary>
    Task KeepAsync(FenceTest test, CancellationToken cancellationToken = default);
}
