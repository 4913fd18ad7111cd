using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>
/// Asked before anything is written to a watched environment: does it have exactly one primary now, and where? While the primary is lost
/// or two servers take writes the answer is a refusal in words. It checks no permission: services do. It never throws but for
/// cancellation, and answers within a second whatever the servers do. A server that became a standby a moment later still refuses by itself (25006):
/// <see cref="ConnectionFault.From"/> has the words for that.
/// </summary>
/// <example>
/// <code>
/// var standing = await guard.StandingAsync(environment, cancellationToken);
/// if (standing.Toward(maintainUrl) is { Refusal: { } words }) return Refused(words);   // else connect to .Url
/// </code>
/// </example>
public sealed class WritableGuard(EnvironmentWatches watches)
{
    /// <summary>How the environment of that name stands now.</summary>
    public Task<WriteStanding> StandingAsync(string environment, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var latest = watches.Find(environment)?.Feed.Latest;
        return Task.FromResult(latest?.Hosts is { } hosts ? Of(hosts) : new WriteStanding(PrimaryState.Unknown, null, null, null));
    }

    /// <summary>What the hosts as they were seen mean for a write.</summary>
    internal static WriteStanding Of(HostTopology hosts) =>
        new(hosts.Standing.State, hosts.Standing.Primary, hosts.Standing.Since, StandingWords.Refusal(hosts))
        {
            Standbys = [.. hosts.Hosts.Where(host => host is { Answers: true, Role: HostRole.Standby }).Select(host => host.Address)],
        };
}
