namespace MnfstRag.Admin.Access;

/// <summary>Log messages of access: 2140–2179.</summary>
internal static partial class AccessMessages
{
    [LoggerMessage(2140, LogLevel.Warning, "Refused: {Permission} to {Person}")]
    public static partial void Refused(ILogger logger, string permission, string person);

    [LoggerMessage(2141, LogLevel.Error, "The refusal of {Permission} could not be recorded")]
    public static partial void RefusalNotRecorded(ILogger logger, string permission, Exception exception);

    [LoggerMessage(2142, LogLevel.Warning, "A session could not be compared with the store, which is away; services refuse until it answers")]
    public static partial void NotValidated(ILogger logger, Exception exception);

    [LoggerMessage(2143, LogLevel.Information, "Sign-in refused from {Address}: {Reason}")]
    public static partial void SignInRefused(ILogger logger, string address, string reason);

    [LoggerMessage(2144, LogLevel.Warning, "A page could not be shown: the own store is away")]
    public static partial void StoreAway(ILogger logger, Exception exception);

    [LoggerMessage(2145, LogLevel.Information, "A one-time password for {Name} was made")]
    public static partial void OneTimePassword(ILogger logger, string name);

    [LoggerMessage(2146, LogLevel.Information, "A passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(ILogger logger, string reason);

    [LoggerMessage(2149, LogLevel.Warning, "A page was refused: its person has {Most} open already")]
    public static partial void TooManyPages(ILogger logger, int most);

    [LoggerMessage(2147, LogLevel.Warning, "Environment {EnvironmentId} could not be asked for a user of the product")]
    public static partial void ProductAway(ILogger logger, Guid environmentId, Exception exception);
}
