using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Tests.Live.Alerting;

/// <summary>The engine over a real store with one source of readings, whose own looks go round with the engine's. The server itself is well.</summary>
internal sealed class AlertRounds : IDisposable
{
    private readonly IDbContextFactory<AdminDbContext> _contexts;
    private readonly EnvironmentWatches _watches;
    private readonly WatchedEnvironment _environment;
    private readonly FakeTimeProvider _clock;
    private readonly Func<CancellationToken, Task> _look;
    private readonly AlertEngine _engine;

    /// <param name="contexts">The own store.</param>
    /// <param name="watches">What the source watches; the environment is put in.</param>
    /// <param name="environment">The one that is judged.</param>
    /// <param name="source">Where the readings come from.</param>
    /// <param name="look">The source's own look.</param>
    /// <param name="clock">The engine's.</param>
    public AlertRounds(IDbContextFactory<AdminDbContext> contexts, EnvironmentWatches watches, WatchedEnvironment environment, IAlertSource source, Func<CancellationToken, Task> look, FakeTimeProvider clock)
    {
        (_contexts, _watches, _environment, _look, _clock) = (contexts, watches, environment, look, clock);
        watches.Update([environment]);
        var options = Options.Create(new AlertOptions());
        _engine = new AlertEngine(
            watches, new SamplerBench.Leading(), new StoreState(clock), new AlertStore(contexts), new AlertTelling(contexts, [], options), [source], options, clock, NullLogger<AlertEngine>.Instance);
    }

    /// <summary>Looks every forty seconds for two minutes.</summary>
    public async Task PassAsync()
    {
        for (var look = 0; look < 3; look++)
        {
            await _look(CancellationToken.None);
            _watches.Find(_environment.Name)!.Publish(Snapshots.Live() with { EnvironmentId = _environment.Id, Environment = _environment.Name, PublishedAt = _clock.GetUtcNow() });
            await _engine.LookAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(40));
        }
    }

    /// <summary>Every alert that was ever raised, as "rule level: what was measured", with an "ended" before it when it is over.</summary>
    public async Task<IReadOnlyList<string>> AlertsAsync()
    {
        await using var context = await _contexts.CreateDbContextAsync();
        return [.. (await context.Alerts.AsNoTracking().OrderBy(row => row.RaisedAt).ToListAsync()).Select(Words)];
    }

    public void Dispose() => _engine.Dispose();

    private static string Words(AlertRow row) => $"{(row.EndedAt is null ? "" : "ended ")}{row.Rule} {(row.Level == FindingLevel.Critical ? "critical" : "warning")}: {row.Evidence}";
}
