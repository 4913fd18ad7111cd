namespace MnfstRag.Admin.Benchmarks.Peers;

/// <summary>Another tool that watches the same server, with a role of its own.</summary>
internal interface IPeer : IAsyncDisposable
{
    /// <summary>CPU of its processes.</summary>
    TimeSpan Cpu { get; }
}
