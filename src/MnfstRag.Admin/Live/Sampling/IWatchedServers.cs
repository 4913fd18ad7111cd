namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Opens connections to watched servers and says why one cannot be opened.</summary>
internal interface IWatchedServers
{
    /// <summary>Opens one. Throws when it cannot.</summary>
    Task<IWatchedServer> OpenAsync(string databaseUrl, CancellationToken cancellationToken);

    /// <summary>What happened and what helps, in words for a person, without secrets.</summary>
    ServerFault Explain(Exception exception, string databaseUrl);
}
