namespace MnfstRag.Postgres.Connecting;

/// <summary>How a database address was written.</summary>
public enum DatabaseUrlKind
{
    /// <summary><c>postgresql://…</c>, <c>postgres://…</c>, with or without <c>+driver</c>.</summary>
    Url,

    /// <summary>Npgsql's <c>Host=…;Username=…</c>: for the dashboard's own settings, not the product's.</summary>
    KeyValue,

    /// <summary><c>sqlite:///…</c>: legal for the product, but there is no server to watch.</summary>
    Sqlite,
}
