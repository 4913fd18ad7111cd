namespace MnfstRag.Admin.Live.Sampling;

/// <summary>
/// How long to wait before the next attempt to connect: not at all after the first failure, then doubling with jitter, so that
/// many instances do not return at once to a server that is just coming up.
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>The pause after <paramref name="failures"/> in a row, never longer than <paramref name="longest"/>.</summary>
    /// <param name="failures">1 or more.</param>
    /// <param name="longest">Upper bound.</param>
    /// <param name="jitter">0–1: how much of the pause's random half is taken.</param>
    public static TimeSpan After(int failures, TimeSpan longest, double jitter)
    {
        if (failures <= 1)
        {
            return TimeSpan.Zero;
        }

        var full = First * Math.Pow(2, Math.Min(failures - 2, 10));
        return (full < longest ? full : longest) * (0.5 + (0.5 * jitter));
    }
}
