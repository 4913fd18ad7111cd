namespace MnfstRag.Admin.Components.Parts;

/// <summary>
/// How long a page or part of one is on screen. Its token ends what was asked for when it is left, and may be asked for afterwards too: a page
/// that is left between two reads does so, and a source that was disposed of would answer with a fault, which the page shown next would bear.
/// </summary>
public sealed class PageLife : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private bool _disposed;

    /// <summary>A life that begins now.</summary>
    public PageLife() => Token = _source.Token;

    /// <summary>Cancelled when the page is left.</summary>
    public CancellationToken Token { get; }

    /// <summary>The page was left.</summary>
    public bool IsOver => Token.IsCancellationRequested;

    /// <summary>Ends it, before what runs with the token is awaited.</summary>
    public Task EndAsync() => _source.CancelAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _source.Cancel();
            _source.Dispose();
        }
    }
}
