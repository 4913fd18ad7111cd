using System.Collections.Concurrent;
using System.Globalization;
using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Looks once an hour when the certificate of each watched server expires.</summary>
internal sealed class CertificateWatch(EnvironmentWatches watches, IEnvironmentStore environments, StoreState state, TimeProvider clock) : StoreLoop(state, clock), IAlertSource
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Good = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset? End, DateTimeOffset LookedAt)> _known = [];

    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromMinutes(1);

    public AlertReadings Add(AlertReadings readings, EnvironmentSnapshot snapshot, DateTimeOffset now) =>
        _known.TryGetValue(snapshot.EnvironmentId, out var known) && known.End is { } end
            ? readings.With(AlertRules.Certificate, Reading(end, now))
            : readings;

    /// <summary>Looks at every environment whose certificate was not looked at for an hour.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        foreach (var environment in watches.All.Select(watch => watch.Environment).Where(one => !_known.TryGetValue(one.Id, out var known) || now - known.LookedAt >= Good).ToList())
        {
            _known[environment.Id] = (await EndAsync(environment.Id, cancellationToken) ?? _known.GetValueOrDefault(environment.Id).End, now);
        }
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private async Task<DateTimeOffset?> EndAsync(Guid environment, CancellationToken cancellationToken)
    {
        if (await environments.CredentialAsync(environment, CredentialKind.Watch, cancellationToken) is not { } credential || DatabaseUrl.Parse(credential).Url is not { IsMonitorable: true } url)
        {
            return null;
        }

        using var ended = new CancellationTokenSource(Limit, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        try
        {
            return await CertificateLife.EndAsync(url, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It hangs, and the sampler says so.
            return null;
        }
    }

    private static AlertReading Reading(DateTimeOffset end, DateTimeOffset now)
    {
        var days = (end - now).TotalDays;
        return new AlertReading(
            "certificate",
            days,
            days <= 0
                ? string.Create(CultureInfo.InvariantCulture, $"The server's certificate expired on {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC: clients that verify it refuse the server.")
                : string.Create(CultureInfo.InvariantCulture, $"The server's certificate expires in {Math.Floor(days):0} days, on {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC."));
    }
}
