namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Whether this instance may sample.</summary>
/// <param name="State">Live when it leads; Follower when another does; Connecting or Failing while the own store has not said.</param>
/// <param name="Explanation">Why it may not, in words; null when it leads.</param>
/// <param name="Held">Cancelled the moment leadership is lost.</param>
internal sealed record Standing(WatchState State, string? Explanation, CancellationToken Held)
{
    /// <summary>This instance samples.</summary>
    public bool Leads => State == WatchState.Live && !Held.IsCancellationRequested;
}
