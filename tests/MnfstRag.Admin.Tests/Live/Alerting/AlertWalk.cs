using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Tests.Live.Alerting;

/// <summary>What rules would have told of snapshots of real servers, one after the other, with half a minute between two.</summary>
internal sealed class AlertWalk(params IReadOnlyCollection<AlertRule> rules)
{
    private AlertMemory _memory = AlertMemory.Quiet;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    /// <summary>A rule of the defaults that tells at once from a warning on, which a test reaches within seconds.</summary>
    public static AlertRule Soon(string key, double warning, double margin = 0) =>
        AlertRules.Defaults.Single(rule => rule.Key == key) with { Warning = warning, Critical = null, For = TimeSpan.Zero, Margin = margin };

    /// <summary>Goes on over these.</summary>
    public IReadOnlyList<(string Rule, string Object, AlertChangeKind Kind)> Over(IEnumerable<EnvironmentSnapshot> seen)
    {
        List<(string, string, AlertChangeKind)> told = [];
        foreach (var snapshot in seen)
        {
            (_memory, var changes) = _memory.Step(rules, ServerAlerts.Of(Judgement.View(snapshot)), _now += TimeSpan.FromSeconds(30));
            told.AddRange(changes.Select(change => (change.Name.Rule, change.Name.Object, change.Kind)));
        }

        return told;
    }
}
