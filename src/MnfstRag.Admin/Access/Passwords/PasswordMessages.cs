namespace MnfstRag.Admin.Access.Passwords;

/// <summary>Log messages of passwords: 2120–2139.</summary>
internal static partial class PasswordMessages
{
    [LoggerMessage(2120, LogLevel.Error, "The stored password hash of user {UserId} is no bcrypt hash of cost 4 to 15: nobody can sign in with it; send a reset link")]
    public static partial void Unusable(ILogger logger, Guid userId);

    [LoggerMessage(2121, LogLevel.Error, "The stored password hash of user {UserId} is corrupt: nobody can sign in with it; send a reset link")]
    public static partial void Corrupt(ILogger logger, Guid userId, Exception exception);

    [LoggerMessage(2123, LogLevel.Warning, "The product's password hash of its user {UserId} is no bcrypt hash of cost 4 to 15: they cannot sign in here with it")]
    public static partial void UnusableOfProduct(ILogger logger, Guid userId);

    [LoggerMessage(2122, LogLevel.Warning, "A sign-in was turned away: {Waiting} wait for their password to be hashed")]
    public static partial void Busy(ILogger logger, int waiting);
}
