namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Channels and what was sent through them.</summary>
/// <param name="Environments">Names of all environments.</param>
/// <param name="Channels">By name.</param>
/// <param name="Deliveries">Given up first, then the newest; at most <see cref="Most"/>.</param>
/// <param name="SendsMail">An SMTP server is configured.</param>
public sealed record ChannelPage(IReadOnlyList<string> Environments, IReadOnlyList<ChannelItem> Channels, IReadOnlyList<DeliveryItem> Deliveries, bool SendsMail)
{
    /// <summary>Most messages that are shown.</summary>
    public const int Most = 100;
}
