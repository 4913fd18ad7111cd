namespace MnfstRag.Admin.Live.Sampling;

/// <summary>An open connection to a watched server.</summary>
internal interface IWatchedServer : IAsyncDisposable
{
    /// <summary>Reads everything due in one round trip. Throws when the connection is lost or does not answer in time.</summary>
    /// <param name="slow">Also what changes slowly: limits and capabilities.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<ServerReading> ReadAsync(bool slow, CancellationToken cancellationToken);
}
