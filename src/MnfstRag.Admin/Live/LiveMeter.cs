using System.Diagnostics.Metrics;

namespace MnfstRag.Admin.Live;

/// <summary>What sampling costs and how it fares. Meter <see cref="Name"/>.</summary>
public sealed class LiveMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "MnfstRag.Admin.Live";

    private readonly Meter _meter;
    private readonly Counter<long> _ticks;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;

    public LiveMeter(IMeterFactory meters, EnvironmentWatches watches)
    {
        _meter = meters.Create(Name);
        _ticks = _meter.CreateCounter<long>("mnfst.live.ticks", "{tick}", "Ticks that read the watched server.");
        _failures = _meter.CreateCounter<long>("mnfst.live.tick.failures", "{tick}", "Ticks that did not.");
        _duration = _meter.CreateHistogram<double>("mnfst.live.tick.duration", "s", "From asking the watched server to the snapshot.");
        _meter.CreateObservableGauge(
            "mnfst.live.viewers",
            () => watches.All.Select(watch => new Measurement<int>(watch.Feed.Viewers, Tag(watch.Environment.Name))),
            "{viewer}",
            "Circuits that watch an environment now.");
    }

    /// <summary>A tick that succeeded.</summary>
    public void Read(string environment, TimeSpan took)
    {
        _ticks.Add(1, Tag(environment));
        _duration.Record(took.TotalSeconds, Tag(environment));
    }

    /// <summary>A tick that failed.</summary>
    public void Failed(string environment) => _failures.Add(1, Tag(environment));

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string environment) => new("environment", environment);
}
