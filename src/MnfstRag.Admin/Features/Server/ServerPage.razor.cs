using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Server;

/// <summary>The server itself: how it is set, how it writes, what it keeps for others.</summary>
public sealed partial class ServerPage(ServerService server)
{
    private static readonly string[] Rules = ["settings.", "checkpoint.", "wal.", "slot.", "archiver.", "replication."];

    private (Guid, TimeRangeKey)? _asked;
    private ServerPast? _past;

    /// <summary>Another filter or order begins at the first row again.</summary>
    private string GridKey => Url.With(ServerPageView.OpenParameter, null).ToString();

    /// <inheritdoc />
    protected override TimeSpan Every => Pace.SlowInterval;

    /// <inheritdoc />
    protected override IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, CancellationToken cancellationToken) =>
        server.WatchAsync(environment, cancellationToken);

    /// <inheritdoc />
    protected override object? Reading(EnvironmentSnapshot snapshot) => (
        snapshot.Slow.Of(SettingsReader.Instance)?.Value,
        snapshot.Slow.Of(CheckpointReader.Instance)?.Value,
        snapshot.Slow.Of(ReplicationReader.Instance)?.Value,
        snapshot.Capabilities);

    /// <inheritdoc />
    protected override async Task<ServerPageView> WorkOutAsync(EnvironmentSnapshot snapshot, GridUrl url, CancellationToken cancellationToken)
    {
        var key = RangeNow();
        if (_asked != (snapshot.EnvironmentId, key))
        {
            // History is asked once a minute and once a range.
            _asked = (snapshot.EnvironmentId, key);
            var past = await server.PastAsync(snapshot.EnvironmentId, key.Range, cancellationToken);
            _past = _asked == (snapshot.EnvironmentId, key) ? past : _past;
        }

        return ServerPageView.Of(snapshot, _past, url);
    }

    private Availability? Note(string panel) => View?.Missing.FirstOrDefault(one => one.Panel == panel);

    private static string Default(ServerSetting setting) => setting.DefaultText is { Length: > 0 } text ? text : setting.Withheld is null ? "empty" : Words.Missing;

    private string Empty() => Url[GridUrl.Find] is { } text
        ? $"Neither name nor description of a setting has “{text}” in it, as far as the watching role sees them."
        : "Choose another filter, or search: names and descriptions are looked through.";
}
