namespace MnfstRag.Postgres.Signalling;

/// <summary>What became of a signal.</summary>
public enum SignalOutcome
{
    /// <summary>The server sent it to the session that was meant.</summary>
    Sent,

    /// <summary>Nothing was sent: the session had ended, its pid is now another's, or it had gone on to another statement.</summary>
    NotFound,

    /// <summary>Nothing was sent: the server refused (42501), or hides the session so that it cannot be told from another with its pid.</summary>
    Refused,

    /// <summary>Nothing was sent: the server could not be reached.</summary>
    NotSent,

    /// <summary>It may or may not have been sent: the connection was lost, or no answer came in time.</summary>
    Unconfirmed,
}
