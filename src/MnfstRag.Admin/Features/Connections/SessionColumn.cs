namespace MnfstRag.Admin.Features.Connections;

/// <summary>Columns of the session table, in their order.</summary>
public enum SessionColumn
{
    Pid,
    State,
    Query,
    QueryTime,
    TransactionTime,
    StateTime,
    Wait,
    BlockedBy,
    Application,
    User,
    Database,
    Client,
}
