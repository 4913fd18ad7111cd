using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Sampling;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>Leads, or does not, as the test says.</summary>
internal sealed class FixedLeadership : ILeadership
{
    public bool Leads { get; init; } = true;

    public Standing Standing => new(Leads ? WatchState.Live : WatchState.Follower, null, CancellationToken.None);

    public event Action? Changed
    {
        add { }
        remove { }
    }
}
