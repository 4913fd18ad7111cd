using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Messages of alerts. Event ids 4600–4619.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(4600, LogLevel.Information, "Alert {Rule} of {Object} in {Environment}: {Kind}, {Level}")]
    public static partial void Changed(ILogger logger, string environment, string rule, string @object, AlertChangeKind kind, FindingLevel level);

    [LoggerMessage(4601, LogLevel.Warning, "Alerts are not judged while the own store is away")]
    public static partial void StoreAway(ILogger logger, Exception fault);

    [LoggerMessage(4602, LogLevel.Information, "Message {Delivery} was taken by {Channel}")]
    public static partial void Delivered(ILogger logger, Guid delivery, string channel);

    [LoggerMessage(4603, LogLevel.Warning, "Message {Delivery} was not taken by {Channel} (attempt {Attempt}): {Fault}")]
    public static partial void NotDelivered(ILogger logger, Guid delivery, string channel, int attempt, string fault);

    [LoggerMessage(4604, LogLevel.Error, "Message {Delivery} to {Channel} is given up after {Attempt} attempts: {Fault}")]
    public static partial void GivenUp(ILogger logger, Guid delivery, string channel, int attempt, string fault);
}
