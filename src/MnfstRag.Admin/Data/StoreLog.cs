namespace MnfstRag.Admin.Data;

/// <summary>Log messages of the store: 2000–2099.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(2000, LogLevel.Information, "The own store is ready ({Migrations} migrations applied now)")]
    public static partial void Ready(ILogger logger, int migrations);

    [LoggerMessage(2001, LogLevel.Warning, "The own store cannot be used, next try in {Seconds:0.#} s: {Words}")]
    public static partial void Unavailable(ILogger logger, double seconds, string words, Exception exception);

    [LoggerMessage(2002, LogLevel.Warning, "ConnectionStrings:AdminMigrator is not set: the runtime role owns the audit log, which is protected by its hash chain alone")]
    public static partial void OneCredential(ILogger logger);

    [LoggerMessage(2003, LogLevel.Warning, "The runtime role {Role} is a superuser or a member of the owner {Owner}: the audit log is protected by its hash chain alone")]
    public static partial void RuntimeTooMighty(ILogger logger, string role, string owner);

    [LoggerMessage(2004, LogLevel.Warning, "A statement of our own took {Milliseconds:0} ms: {Statement}")]
    public static partial void SlowStatement(ILogger logger, double milliseconds, string statement);

    [LoggerMessage(2005, LogLevel.Information, "Environment {Environment}: credentials {Kinds} were set from the configuration")]
    public static partial void CredentialsSet(ILogger logger, string environment, string kinds);

    [LoggerMessage(2006, LogLevel.Error, "The {Kind} credential of environment {EnvironmentId} cannot be decrypted with the keys in the store: set it again")]
    public static partial void CredentialUnreadable(ILogger logger, CredentialKind kind, Guid environmentId, Exception exception);

    [LoggerMessage(2007, LogLevel.Warning, "DataProtection:CertificatePath is not set: keys of cookies and secrets lie in the store unencrypted")]
    public static partial void KeysUnprotected(ILogger logger);

    [LoggerMessage(2008, LogLevel.Information, "The own store answers again")]
    public static partial void Recovered(ILogger logger);

    [LoggerMessage(2009, LogLevel.Debug, "Ending the migrator's session failed; the server ends it by itself")]
    public static partial void UnlockFailed(ILogger logger, Exception exception);

    [LoggerMessage(2013, LogLevel.Warning, "The own store has another primary: {Now} instead of {Before}")]
    public static partial void HostMoved(ILogger logger, string before, string now);

    [LoggerMessage(2014, LogLevel.Critical, "Split brain in the own store: {Writers} take writes; the dashboard keeps to {Host}, which is on the highest timeline. Stop the other one")]
    public static partial void SplitBrain(ILogger logger, string writers, string host);

    [LoggerMessage(2012, LogLevel.Error, "Revision {Number} of the settings of environment {EnvironmentId} cannot be decrypted with the keys in the store: save the settings anew")]
    public static partial void SettingsUnreadable(ILogger logger, int number, Guid environmentId, Exception exception);
}
