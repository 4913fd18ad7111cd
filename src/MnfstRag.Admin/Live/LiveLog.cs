using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live;

/// <summary>Messages of sampling. Event ids 4000–4099.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(4000, LogLevel.Information, "This instance watches: it holds the installation's sampling lock")]
    public static partial void LeadershipTaken(ILogger logger);

    [LoggerMessage(4001, LogLevel.Warning, "The connection that holds the sampling lock is lost: sampling stops until the lock is held again")]
    public static partial void LeadershipLost(ILogger logger);

    [LoggerMessage(4002, LogLevel.Information, "This instance does not watch. {Explanation}")]
    public static partial void LeadershipElsewhere(ILogger logger, string explanation);

    [LoggerMessage(4003, LogLevel.Warning, "The own store does not say who may sample ({Fault}, SQLSTATE {SqlState}); asking again")]
    public static partial void LeadershipStoreUnreachable(ILogger logger, string fault, string? sqlState);

    [LoggerMessage(4010, LogLevel.Information, "Environment {Environment} is read again after {Duration}")]
    public static partial void Recovered(ILogger logger, string environment, TimeSpan duration);

    [LoggerMessage(4011, LogLevel.Information, "Environment {Environment} is watched: PostgreSQL {Version}, role {Role}")]
    public static partial void Connected(ILogger logger, string environment, string version, string role);

    [LoggerMessage(4012, LogLevel.Warning, "Environment {Environment} cannot be read: {Explanation}")]
    public static partial void Failing(ILogger logger, string environment, string explanation);

    [LoggerMessage(4013, LogLevel.Warning, "Environment {Environment}: reader {Reader} fails while others succeed: {Explanation}")]
    public static partial void ReaderFailing(ILogger logger, string environment, string reader, string explanation);

    [LoggerMessage(4014, LogLevel.Error, "Sampling of environment {Environment} met an unexpected fault; it goes on with a new connection")]
    public static partial void Unexpected(ILogger logger, string environment, Exception exception);

    [LoggerMessage(4050, LogLevel.Error, "Watching host {Host} of environment {Environment} met an unexpected fault; it goes on")]
    public static partial void HostUnexpected(ILogger logger, string environment, string host, Exception exception);

    [LoggerMessage(4051, LogLevel.Warning, "Environment {Environment}: pages are read from {Now} instead of {Before} (primary: {State})")]
    public static partial void SeatMoved(ILogger logger, string environment, string before, string now, PrimaryState state);

    [LoggerMessage(4030, LogLevel.Warning, "History of {Environment} waits: {Explanation}")]
    public static partial void HistoryWaits(ILogger logger, string environment, string explanation);

    [LoggerMessage(4031, LogLevel.Information, "History of {Environment} is written again; {Dropped} batches were dropped meanwhile")]
    public static partial void HistoryGoesOn(ILogger logger, string environment, int dropped);

    [LoggerMessage(4032, LogLevel.Error, "What to keep of {Environment} met an unexpected fault; the snapshot is skipped")]
    public static partial void RecordingFault(ILogger logger, string environment, Exception exception);

    [LoggerMessage(4033, LogLevel.Information, "History: {Hours} hours made of minutes, {Dropped} old partitions dropped")]
    public static partial void HistoryKept(ILogger logger, int hours, int dropped);

    [LoggerMessage(4034, LogLevel.Warning, "History cannot be rolled up now: {Explanation}")]
    public static partial void HistoryNotKept(ILogger logger, string explanation);

    [LoggerMessage(4035, LogLevel.Warning, "Which indexes of {Environment} nobody uses cannot be looked up now: {Explanation}")]
    public static partial void QuietIndexesUnknown(ILogger logger, string environment, string explanation);

    [LoggerMessage(4020, LogLevel.Information, "Environment {Environment} is watched from now on")]
    public static partial void EnvironmentAdded(ILogger logger, string environment);

    [LoggerMessage(4021, LogLevel.Information, "Environment {Environment} is no longer watched: it was removed")]
    public static partial void EnvironmentRemoved(ILogger logger, string environment);

    [LoggerMessage(4022, LogLevel.Information, "Environment {Environment}: its watch credential changed; connecting anew")]
    public static partial void CredentialChanged(ILogger logger, string environment);

    [LoggerMessage(4023, LogLevel.Warning, "The list of environments cannot be read from the own store ({Fault}); the last one known stays in force")]
    public static partial void StoreUnreadable(ILogger logger, string fault);
}
