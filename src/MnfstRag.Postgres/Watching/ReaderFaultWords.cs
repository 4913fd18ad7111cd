using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>Why one reader failed while the server answered, in words.</summary>
internal static class ReaderFaultWords
{
    /// <summary>A module whose view is there and that the server did not load.</summary>
    public const string NotLoaded = "The server did not load the module behind its view: shared_preload_libraries must name it at the server's start (55000).";

    public static string Explain(PostgresException answer, TimeSpan statementTimeout) => answer.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled => $"It took longer than {statementTimeout.TotalSeconds:0.#} s and was stopped (57014). The server is busy, or the view is very large.",
        PostgresErrorCodes.LockNotAvailable => "A lock stood in its way (55P03). It is tried again.",
        PostgresErrorCodes.InsufficientPrivilege => "The watching role lacks a privilege (42501). GRANT pg_monitor gives what every reader needs.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction =>
            $"This server lacks a view, column or function that it reads ({answer.SqlState}).",
        PostgresErrorCodes.ObjectNotInPrerequisiteState => NotLoaded,
        _ => $"The server refused its statement ({answer.SqlState}).",
    };

    public static string Explain(Exception exception) => $"What the server sent could not be understood ({exception.GetType().Name}).";

    public static string TooOld(IReader reader, int major) => $"It needs PostgreSQL {reader.MinimumMajor} or later; this server is {major}.";
}
