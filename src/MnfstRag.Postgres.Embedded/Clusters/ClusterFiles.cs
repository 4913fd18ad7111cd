namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>The files of one cluster: its directory, and what stands beside it.</summary>
internal sealed class ClusterFiles(string dataDirectory)
{
    public string Data { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));

    public string Log => Data + ".log";

    public string Lock => Data + ".lock";

    public string Password => Data + ".password";

    public string Port => Data + ".port";

    public string Configuration => Path.Combine(Data, "mnfst-rag-admin.conf");

    public string ServerConfiguration => Path.Combine(Data, "postgresql.conf");

    public string PostmasterFile => Path.Combine(Data, "postmaster.pid");

    public string VersionFile => Path.Combine(Data, "PG_VERSION");
}
