namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Messages of asking for pools. Event ids 4040–4049.</summary>
internal static partial class PoolLog
{
    [LoggerMessage(4040, LogLevel.Error, "Environment {Environment}: asking {Place} for its pool met an unexpected fault; it is asked again")]
    public static partial void Unexpected(ILogger logger, string environment, string place, Exception exception);

    [LoggerMessage(4041, LogLevel.Error, "Asking for pools met an unexpected fault; it goes on")]
    public static partial void RoundFailed(ILogger logger, Exception exception);
}
