namespace MnfstRag.Postgres.Signalling;

/// <summary>What a session is asked to do.</summary>
public enum SignalKind
{
    /// <summary>Stop its statement (<c>pg_cancel_backend</c>); the session, and an open transaction's locks, stay.</summary>
    Cancel,

    /// <summary>End (<c>pg_terminate_backend</c>); its transaction is rolled back.</summary>
    Terminate,
}
