namespace MnfstRag.Admin.Features.Maintenance.Scheduling;

/// <summary>Messages of the scheduler. Event ids 4550–4569.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(4550, LogLevel.Information, "The scheduler of maintenance runs, in schema quartz of the own store")]
    public static partial void Started(ILogger logger);

    [LoggerMessage(4551, LogLevel.Warning, "The scheduler of maintenance cannot run, next try in {Seconds:0.#} s")]
    public static partial void Failed(ILogger logger, double seconds, Exception exception);

    [LoggerMessage(4552, LogLevel.Warning, "The scheduler of maintenance did not stop in order; another instance takes its work over")]
    public static partial void NotStopped(ILogger logger, Exception exception);

    [LoggerMessage(4553, LogLevel.Information, "Schedule {Schedule} came due: {Words}")]
    public static partial void Fired(ILogger logger, Guid schedule, string words);
}
