namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Where the sampling lock lives.</summary>
internal interface ILeadershipStore
{
    /// <summary>Connection string for the dedicated connection: not pooled, short timeouts, named after this instance.</summary>
    string ConnectionString { get; }

    /// <summary>Why the own store does not answer, in words.</summary>
    string Explain(Exception exception);
}
