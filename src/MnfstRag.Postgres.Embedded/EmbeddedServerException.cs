namespace MnfstRag.Postgres.Embedded;

/// <summary>
/// An embedded server could not be had. The message is one sentence for the person at the terminal: what failed, why, and what to do.
/// </summary>
public sealed class EmbeddedServerException(string message, Exception? innerException = null) : Exception(message, innerException);
