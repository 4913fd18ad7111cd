namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A count that ends at a limit.</summary>
public sealed class CappedCount
{
    /// <summary>Rows, exactly unless there is an estimate: then the limit at which counting ended.</summary>
    public long Counted { get; init; }

    /// <summary>What the planner expects when there are more; null when <see cref="Counted"/> is exact.</summary>
    public long? Estimated { get; init; }
}
