namespace MnfstRag.Postgres.Watching;

/// <summary>
/// What a relation takes, and what its rows would take if it were written anew, as of its last VACUUM or ANALYZE. An estimate: widths are means,
/// and equal keys that a B-tree keeps once (deduplication) make it need less than reckoned here, so that more may be empty than is said.
/// </summary>
/// <param name="Bytes">What it takes (relpages).</param>
/// <param name="NeededBytes">What its rows need at its fill factor.</param>
public sealed record BloatEstimate(long Bytes, long NeededBytes)
{
    /// <summary>Bytes that are empty, never below 0.</summary>
    public long EmptyBytes => Math.Max(0, Bytes - NeededBytes);

    /// <summary>Empty part, 0–1.</summary>
    public double EmptyShare => Bytes == 0 ? 0 : (double)EmptyBytes / Bytes;
}
