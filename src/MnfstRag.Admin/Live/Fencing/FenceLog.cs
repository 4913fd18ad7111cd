using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Live.Fencing;

/// <summary>Log messages of fences: 2960–2979.</summary>
internal static partial class FenceLog
{
    [LoggerMessage(2960, LogLevel.Error, "Fences could not be looked at; tried again in some seconds")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(2961, LogLevel.Error, "The fence of {Environment} does not hold any more ({Standing}): its tenant area is closed")]
    public static partial void NoLongerHolds(ILogger logger, string environment, FenceStanding standing);

    [LoggerMessage(2962, LogLevel.Information, "The fence of {Environment} was tested: {Verdict}, {Attempts} attempts")]
    public static partial void Tested(ILogger logger, string environment, FenceVerdict verdict, int attempts);

    [LoggerMessage(2963, LogLevel.Error, "The outcome of {Action} on {Environment} could not be written to the audit log: {Outcome} ({Correlation})")]
    public static partial void OutcomeNotWritten(ILogger logger, string action, string environment, Guid correlation, string outcome, Exception exception);
}
