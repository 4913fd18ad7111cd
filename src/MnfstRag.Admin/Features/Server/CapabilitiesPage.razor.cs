using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Server;

/// <summary>Why a panel is empty: each thing that can be watched, whether it can be here, and the exact cure where not.</summary>
public sealed partial class CapabilitiesPage(ServerService server)
{
    /// <inheritdoc />
    protected override TimeSpan Every => Pace.SlowInterval;

    /// <inheritdoc />
    protected override IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, CancellationToken cancellationToken) =>
        server.WatchAsync(environment, cancellationToken);

    // Shown anew when what it follows from may have changed: ReadingPage renews it every few seconds besides.
    /// <inheritdoc />
    protected override object? Reading(EnvironmentSnapshot snapshot) => snapshot.Capabilities;

    /// <inheritdoc />
    protected override Task<CapabilitiesView> WorkOutAsync(EnvironmentSnapshot snapshot, GridUrl url, CancellationToken cancellationToken) =>
        Task.FromResult(new CapabilitiesView([.. Availabilities.Of(Judgement.View(snapshot)).OrderByDescending(one => one.State)]));

    private static string Sentence(CapabilitiesView view)
    {
        var lacking = view.All.Where(one => one.State != AvailabilityState.Available).Select(one => one.Panel).Distinct(StringComparer.Ordinal).Count();
        var panels = view.All.Select(one => one.Panel).Distinct(StringComparer.Ordinal).Count();
        return lacking == 0
            ? $"All {Words.Count(panels)} things that the dashboard can watch are there."
            : $"{Words.Count(panels - lacking)} of {Words.Count(panels)} things that the dashboard can watch are there in full. What is missing stands below with what brings it; nothing is needed for the rest to work.";
    }

    private static string WordOf(AvailabilityState state) => state switch
    {
        AvailabilityState.Available => "available",
        AvailabilityState.Degraded => "in part",
        _ => "not available",
    };

    private static Tone ToneOf(AvailabilityState state) => state switch
    {
        AvailabilityState.Available => Tone.Quiet,
        AvailabilityState.Degraded => Tone.Notice,
        _ => Tone.Unknown,
    };
}
