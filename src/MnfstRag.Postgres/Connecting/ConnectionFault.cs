namespace MnfstRag.Postgres.Connecting;

/// <summary>Why a server could not be reached or stopped answering.</summary>
/// <param name="Kind">The cause.</param>
/// <param name="Words">The thing, the cause and the cure, for a person. Never a password.</param>
/// <param name="SqlState">PostgreSQL's code; null when the fault is not the server's answer.</param>
public sealed record ConnectionFault(ConnectionFaultKind Kind, string Words, string? SqlState = null)
{
    /// <summary>Explains what connecting to, or talking with, <paramref name="url"/> threw.</summary>
    public static ConnectionFault From(Exception exception, DatabaseUrl url) => new ConnectionFaultWords(url).Explain(exception);
}
