using System.Globalization;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Pooling;

/// <summary>What the application's settings let it open, by SQLAlchemy's rules.</summary>
/// <param name="Size">DB_POOL_SIZE of one worker; 0 is no limit.</param>
/// <param name="Overflow">DB_MAX_OVERFLOW of one worker; −1 is no limit.</param>
/// <param name="Workers">Worker processes of one instance; at least 1.</param>
/// <param name="Instances">Machines or containers; at least 1.</param>
/// <param name="Engines">Engines with a pool of their own in each worker: 2 for a sync and an async one; at least 1.</param>
public sealed record PoolPlan(int Size, int Overflow, int Workers = 1, int Instances = 1, int Engines = 1)
{
    /// <summary>Nothing limits what a worker opens.</summary>
    public bool IsUnlimited => Size <= 0 || Overflow < 0;

    /// <summary>Connections that may be open at once; null without limit.</summary>
    public long? Most => IsUnlimited ? null : Budget(int.MaxValue).Needed;

    /// <summary>"DB_POOL_SIZE 5 + DB_MAX_OVERFLOW 10, × 2 workers × 1 instance", engines only where there are several.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture,
        $"DB_POOL_SIZE {Size} + DB_MAX_OVERFLOW {Overflow}, × {Workers} {(Workers == 1 ? "worker" : "workers")}{(Engines == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" × {Engines} engines"))} × {Instances} {(Instances == 1 ? "instance" : "instances")}");

    /// <summary>The same against what there is room for: the arithmetic of validation.</summary>
    public ConnectionBudget Budget(int available) => new(Size, Overflow, Workers * Engines * Instances, available);
}
