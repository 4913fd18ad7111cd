namespace MnfstRag.Postgres.Connecting;

/// <summary>What has been read of an address so far: the query may still change it (<c>?host=…&amp;user=…</c>).</summary>
internal record struct UrlParts(string? User, string? Password, IReadOnlyList<DatabaseHost> Hosts, string? Database)
{
    public List<KeyValuePair<string, string>> Parameters { get; } = [];
}
