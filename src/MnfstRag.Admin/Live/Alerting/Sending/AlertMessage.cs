namespace MnfstRag.Admin.Live.Alerting;

/// <summary>What a receiver gets: everything that changed together in one environment. Field names are a contract.</summary>
/// <param name="Id">The message's own; the same when it comes twice.</param>
/// <param name="Environment">Where.</param>
/// <param name="Subject">One line.</param>
/// <param name="At">When it was made.</param>
/// <param name="Alerts">What changed, the worst first; at most <see cref="Most"/>.</param>
/// <param name="More">How many more changed.</param>
/// <param name="Link">The page of alerts; null where the dashboard's address is not configured.</param>
public sealed record AlertMessage(Guid Id, string Environment, string Subject, DateTimeOffset At, IReadOnlyList<AlertMessageItem> Alerts, int More, string? Link)
{
    /// <summary>Most alerts that one message spells out.</summary>
    public const int Most = 20;
}
