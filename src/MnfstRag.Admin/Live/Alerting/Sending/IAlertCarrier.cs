using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Brings messages to one kind of channel. Singletons.</summary>
internal interface IAlertCarrier
{
    /// <summary>Which.</summary>
    AlertChannelKind Kind { get; }

    /// <summary>Tries to deliver. Null when the receiver took it, else why not, in words; every fault of the receiver or the way is such words.</summary>
    Task<string?> SendAsync(AlertChannelRow channel, AlertDeliveryRow delivery, CancellationToken cancellationToken);
}
