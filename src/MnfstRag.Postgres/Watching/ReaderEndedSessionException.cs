namespace MnfstRag.Postgres.Watching;

/// <summary>
/// The server refused one reader's statement with an error of class XX, as it does when a relation is dropped while it is opened, and
/// Npgsql ends a session over such an error. It, once, and the others can be read over a new one.
/// </summary>
internal sealed class ReaderEndedSessionException(string reader, Exception cause) : IOException($"The error of reader {reader} ended the session.", cause);
