using System.Collections.Concurrent;
using System.Data.Common;
using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>
/// Asked before anything is written to a watched environment: does it have exactly one primary now, and where? While the primary is lost
/// or two servers take writes the answer is a refusal in words. It checks no permission: services do. It never throws but for
/// cancellation, and answers within about a second whatever the servers do: at once where the sampler has just looked, else it asks all hosts
/// at once. A server that became a standby a moment later still refuses by itself (25006): <see cref="ConnectionFault.From"/> has the words for that.
/// </summary>
/// <example>
/// <code>
/// var standing = await guard.StandingAsync(environment, cancellationToken);
/// if (standing.Toward(maintainUrl) is { Refusal: { } words }) return Refused(words);   // else connect to .Url
/// </code>
/// </example>
public sealed class WritableGuard
{
    /// <summary>What the sampler saw is good for so long: it looks more often while somebody watches.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>The sampler looks at least so often while nobody watches, as it is set by itself.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(12);

    private readonly EnvironmentWatches _watches;
    private readonly HostProbe? _probe;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, HostTopology Seen)> _asked = new();

    /// <summary>Answers from what the samplers of this instance see, and asks nobody.</summary>
    public WritableGuard(EnvironmentWatches watches) => (_watches, _clock) = (watches, TimeProvider.System);

    internal WritableGuard(EnvironmentWatches watches, HostProbe probe, TimeProvider clock) => (_watches, _probe, _clock) = (watches, probe, clock);

    /// <summary>How the environment of that name stands now.</summary>
    public async Task<WriteStanding> StandingAsync(string environment, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var watch = _watches.Find(environment);
        var latest = watch?.Feed.Latest;
        var seen = latest?.Hosts;
        if (watch is not null && _probe is not null && seen is not { Hosts.Count: 1 } && !(seen is not null && _clock.GetUtcNow() - latest!.PublishedAt < Fresh))
        {
            var asked = await AskAsync(watch.Environment, seen, cancellationToken);

            // A second is little for a server far away: what the sampler saw a moment ago, with more patience, is not taken back for that.
            seen = asked is { Standing.State: PrimaryState.Lost } && seen is { Standing.State: PrimaryState.Known } && _clock.GetUtcNow() - latest!.PublishedAt < Recent ? seen : asked ?? seen;
        }

        return seen is null ? new WriteStanding(PrimaryState.Unknown, null, null, null) : Of(seen);
    }

    /// <summary>What the hosts as they were seen mean for a write.</summary>
    internal static WriteStanding Of(HostTopology hosts) =>
        new(hosts.Standing.State, hosts.Standing.Primary, hosts.Standing.Since, StandingWords.Refusal(hosts))
        {
            Standbys = [.. hosts.Hosts.Where(host => host is { Answers: true, Role: HostRole.Standby }).Select(host => host.Address)],
        };

    private async Task<HostTopology?> AskAsync(WatchedEnvironment environment, HostTopology? seen, CancellationToken cancellationToken)
    {
        var known = _asked.TryGetValue(environment.Id, out var last) ? last.Seen : null;
        if (known is not null && _clock.GetUtcNow() - last.At < Fresh)
        {
            return known;
        }

        try
        {
            var now = await _probe!.AskAsync(environment, (seen ?? known)?.Standing ?? PrimaryStanding.Unknown, cancellationToken);
            if (now is not null)
            {
                _asked[environment.Id] = (_clock.GetUtcNow(), now);
            }

            return now;
        }
        catch (Exception fault) when (fault is DbException or TimeoutException or InvalidOperationException or StoreUnavailableException)
        {
            // The own store does not give the address: what was seen last stands.
            return null;
        }
    }
}
