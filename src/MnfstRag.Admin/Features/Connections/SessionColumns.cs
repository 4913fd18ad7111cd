namespace MnfstRag.Admin.Features.Connections;

/// <summary>What the columns of the session table are called.</summary>
public static class SessionColumns
{
    /// <summary>Head of the column.</summary>
    public static string Name(SessionColumn column) => column switch
    {
        SessionColumn.Pid => "Session",
        SessionColumn.State => "State",
        SessionColumn.Query => "Statement",
        SessionColumn.QueryTime => "Running",
        SessionColumn.TransactionTime => "Transaction",
        SessionColumn.StateTime => "In state",
        SessionColumn.Wait => "Waits for",
        SessionColumn.BlockedBy => "Blocked by",
        SessionColumn.Application => "Application",
        SessionColumn.User => "User",
        SessionColumn.Database => "Database",
        _ => "Client",
    };

    /// <summary>What it shows, on hover.</summary>
    public static string Explanation(SessionColumn column) => column switch
    {
        SessionColumn.Pid => "Process id of the backend",
        SessionColumn.State => "What the session does",
        SessionColumn.Query => "The statement that runs, or the last one, with its literals masked",
        SessionColumn.QueryTime => "How long the statement has run, by the server's clock",
        SessionColumn.TransactionTime => "How long the transaction has been open, by the server's clock",
        SessionColumn.StateTime => "How long the state has held, by the server's clock",
        SessionColumn.Wait => "Wait event, as pg_stat_activity has it",
        SessionColumn.BlockedBy => "Sessions whose locks stop this one",
        SessionColumn.Application => "application_name, as the client gave it",
        SessionColumn.User => "Role that signed in",
        SessionColumn.Database => "Database connected to",
        _ => "Client's address and port",
    };

    /// <summary>Right-aligned figures.</summary>
    public static bool IsFigure(SessionColumn column) => column is SessionColumn.QueryTime or SessionColumn.TransactionTime or SessionColumn.StateTime;
}
