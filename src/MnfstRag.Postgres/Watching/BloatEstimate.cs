namespace MnfstRag.Postgres.Watching;

/// <summary>
/// What a relation takes, and what its rows would take if it were written anew, as of its last VACUUM or ANALYZE. An estimate between two bounds:
/// equal keys that a B-tree keeps once make it need less, gaps between columns that alignment wants make it need more.
/// </summary>
/// <param name="Bytes">What it takes (relpages).</param>
/// <param name="NeededBytes">What its rows need at its fill factor.</param>
public sealed record BloatEstimate(long Bytes, long NeededBytes)
{
    /// <summary>Bytes that are empty, never below 0.</summary>
    public long EmptyBytes => Math.Max(0, Bytes - NeededBytes);

    /// <summary>What its rows need at least, bytes: no gap between columns, and every equal key kept once.</summary>
    public long LeastNeeded { get; init; } = NeededBytes;

    /// <summary>What they need at most, bytes: the widest gap between every two columns.</summary>
    public long MostNeeded { get; init; } = NeededBytes;

    /// <summary>Empty part at least, 0–1.</summary>
    public double LeastShare => Share(MostNeeded);

    /// <summary>Empty part at most, 0–1.</summary>
    public double MostShare => Share(LeastNeeded);

    /// <summary>Empty part, 0–1.</summary>
    public double EmptyShare => Share(NeededBytes);

    private double Share(long needed) => Bytes == 0 ? 0 : (double)Math.Max(0, Bytes - needed) / Bytes;
}
