using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>Asks all hosts of an environment at once what they are, over connections of their own, within a second: for who must know now, where what the sampler saw is old or another instance samples.</summary>
internal sealed class HostProbe(IEnvironmentStore store, Replicas replicas, TimeProvider clock)
{
    /// <summary>Whoever has not answered by then does not answer.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(900);

    private static readonly ServerReaderOptions Options = new()
    {
        ApplicationName = $"{ServerReaderOptions.ApplicationPrefix} probe",
        ConnectTimeout = TimeSpan.FromSeconds(1),
        StatementTimeout = Limit,
        Budget = Limit,
    };

    /// <summary>How they stand; null where the environment has one host or none, so that there is nothing to find out.</summary>
    /// <param name="environment">Which.</param>
    /// <param name="before">What was known: a timeline seen before is not forgotten.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HostTopology?> AskAsync(WatchedEnvironment environment, PrimaryStanding before, CancellationToken cancellationToken)
    {
        if (DatabaseUrl.Parse(await store.CredentialAsync(environment.Id, CredentialKind.Watch, cancellationToken)).Url is not { IsMonitorable: true } watch
            || new EnvironmentHosts(watch, replicas.Of(environment.Name)) is not { All.Count: > 1 } hosts)
        {
            return null;
        }

        var tracks = new HostTracks(hosts.All, before);
        await Task.WhenAll(hosts.All.Select(host => AskAsync(hosts.Of(host), host, tracks, cancellationToken)));
        return tracks.Topology(null);
    }

    private async Task AskAsync(DatabaseUrl url, DatabaseHost host, HostTracks tracks, CancellationToken cancellationToken)
    {
        var reader = new ServerReader(url, Options, clock);
        var reading = await reader.ReadAsync([HostStateReader.Instance], cancellationToken);
        if (reading.Fault is { } fault)
        {
            tracks.Failed(host, fault.Words, clock.GetUtcNow());
        }
        else
        {
            tracks.Answered(host, reading.Of(HostStateReader.Instance).Value, reading.Capabilities, null, clock.GetUtcNow());
        }

        // A connection that hangs takes its time to close: nobody waits for that.
        _ = reader.DisposeAsync().AsTask();
    }
}
