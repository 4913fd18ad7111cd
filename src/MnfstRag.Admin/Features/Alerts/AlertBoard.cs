namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Everything the page of alerts shows, at one moment.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Environments">Names of all environments.</param>
/// <param name="Lasting">Alerts that last, the worst first.</param>
/// <param name="Ended">Those that ended last, the newest first; at most <see cref="Most"/>.</param>
/// <param name="Mutes">Mutes that hold or are planned.</param>
/// <param name="GivenUp">Messages that could not be delivered and were given up.</param>
/// <param name="Channels">Channels that are used.</param>
public sealed record AlertBoard(
    DateTimeOffset At,
    IReadOnlyList<string> Environments,
    IReadOnlyList<AlertItem> Lasting,
    IReadOnlyList<AlertItem> Ended,
    IReadOnlyList<AlertMute> Mutes,
    int GivenUp,
    int Channels)
{
    /// <summary>Most ended alerts that are shown.</summary>
    public const int Most = 100;
}
