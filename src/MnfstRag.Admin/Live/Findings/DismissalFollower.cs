using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>Reads the dismissals at the start and every few seconds, so that those of another instance are seen here.</summary>
internal sealed class DismissalFollower(Dismissals dismissals, StoreState store, TimeProvider clock) : StoreLoop(store, clock)
{
    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => dismissals.ReadAsync(cancellationToken);
}
