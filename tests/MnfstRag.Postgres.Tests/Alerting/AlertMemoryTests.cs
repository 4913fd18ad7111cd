using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Postgres.Tests.Alerting;

public sealed class AlertMemoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    // Not the default, so that looks at it are as far apart as each test says.
    private static readonly AlertRule Connections = new("connections", "For these tests", "%", 75, 90, TimeSpan.FromMinutes(1), Margin: 5);

    private AlertMemory _memory = AlertMemory.Quiet;
    private DateTimeOffset _now = Start;

    public static TheoryData<string> Rules => [.. AlertRules.Defaults.Select(rule => rule.Key)];

    [Theory, MemberData(nameof(Rules))]
    public void Every_rule_is_raised_once_and_ends_once(string key)
    {
        var rule = AlertRules.Defaults.Single(one => one.Key == key);
        var bad = rule.Critical ?? rule.Warning!.Value;
        var good = rule.LowerIsWorse ? 1000 : 0;
        List<AlertChangeKind> kinds = [];

        foreach (var value in Enumerable.Repeat<double>(good, 20).Concat(Enumerable.Repeat(bad, 100)).Concat(Enumerable.Repeat<double>(good, 100)))
        {
            kinds.AddRange(Look(rule, value).Select(change => change.Kind));
        }

        Assert.Equal([AlertChangeKind.Raised, AlertChangeKind.Ended], kinds);
    }

    [Fact]
    public void A_value_must_stay_for_the_whole_time()
    {
        Assert.Empty(Look(Connections, 80));
        Pass(50);
        Assert.Empty(Look(Connections, 80));
        Pass(5);
        Assert.Empty(Look(Connections, 70));
        Pass(50);
        Assert.Empty(Look(Connections, 80));
        Pass(59);
        Assert.Empty(Look(Connections, 80));
        Pass(1);
        Assert.Equal((AlertChangeKind.Raised, FindingLevel.Warning), Kind(Look(Connections, 80)));
    }

    [Fact]
    public void A_value_at_the_threshold_does_not_ring_again_and_again()
    {
        Raise(Connections, 76);
        for (var i = 0; i < 200; i++)
        {
            Pass(5);
            Assert.Empty(Look(Connections, i % 2 == 0 ? 74 : 76));
        }

        Pass(60);
        Assert.Empty(Look(Connections, 69));
        Pass(60);
        Assert.Equal(AlertChangeKind.Ended, Assert.Single(Look(Connections, 69)).Kind);
    }

    [Fact]
    public void It_worsens_once_and_eases_back_to_a_warning_before_it_ends()
    {
        Raise(Connections, 80);
        Assert.Empty(Look(Connections, 95));
        Pass(60);
        Assert.Equal((AlertChangeKind.Worsened, FindingLevel.Critical), Kind(Look(Connections, 95)));
        Pass(60);
        Assert.Empty(Look(Connections, 95));
        Assert.Empty(Look(Connections, 80));
        Pass(60);
        Assert.Equal((AlertChangeKind.Eased, FindingLevel.Warning), Kind(Look(Connections, 80)));
        Assert.Empty(Look(Connections, 20));
        Pass(60);
        Assert.Equal((AlertChangeKind.Ended, FindingLevel.Warning), Kind(Look(Connections, 20)));
    }

    [Fact]
    public void What_cannot_be_read_leaves_alerts_as_they_are()
    {
        Raise(Connections, 80);
        for (var i = 0; i < 100; i++)
        {
            Pass(60);
            Assert.Empty(Step([Connections], AlertReadings.None));
        }

        Assert.Empty(Look(Connections, 80));
    }

    [Fact]
    public void A_lone_good_value_before_a_gap_does_not_count_as_long()
    {
        Raise(Connections, 80);
        Assert.Empty(Look(Connections, 20));
        Pass(30);
        Assert.Empty(Look(Connections, 80));
        Pass(45);
        Assert.Empty(Look(Connections, 20));
        Pass(59);
        Assert.Empty(Look(Connections, 20));
    }

    [Fact]
    public void After_a_restart_nothing_is_raised_again_and_its_end_is_still_told()
    {
        Raise(Connections, 80);
        _memory = AlertMemory.Of([(new AlertName("connections", "x"), FindingLevel.Warning)]);
        for (var i = 0; i < 100; i++)
        {
            Pass(5);
            Assert.Empty(Look(Connections, 80));
        }

        Look(Connections, 20);
        Pass(60);
        Assert.Equal(AlertChangeKind.Ended, Assert.Single(Look(Connections, 20)).Kind);
    }

    [Fact]
    public void An_object_that_is_gone_and_a_rule_that_is_switched_off_end_their_alerts()
    {
        Raise(Connections, 80);
        Step([Connections], AlertReadings.None.With(Connections.Key));
        Pass(60);
        Assert.Equal(AlertChangeKind.Ended, Assert.Single(Step([Connections], AlertReadings.None.With(Connections.Key))).Kind);

        Raise(Connections, 80);
        Assert.Equal((AlertChangeKind.Ended, null), (Assert.Single(Step([], AlertReadings.None)).Kind, Assert.Single(_changes).Reading));
        Assert.Empty(Step([], AlertReadings.None));
    }

    [Fact]
    public void Objects_of_one_rule_are_alerts_of_their_own()
    {
        var rule = Connections with { For = TimeSpan.Zero };
        var raised = Step([rule], AlertReadings.None.With(rule.Key, new AlertReading("a", 80, "a"), new AlertReading("b", 95, "b"), new AlertReading("b", 80, "b again"), new AlertReading("c", 1, "c")));
        Assert.Equal([("a", FindingLevel.Warning), ("b", FindingLevel.Critical)], raised.Select(change => (change.Name.Object, change.Level)).Order());
    }

    [Fact]
    public void Fewer_days_left_are_worse()
    {
        var rule = AlertRules.Defaults.Single(one => one.Key == AlertRules.Certificate);
        Assert.Equal([null, FindingLevel.Warning, FindingLevel.Warning, FindingLevel.Critical, FindingLevel.Critical], new[] { 30.5, 30, 7.5, 7, -1 }.Select(rule.LevelOf));
        Assert.Equal((false, true), (rule.HasEased(30.5, FindingLevel.Warning), rule.HasEased(31.5, FindingLevel.Warning)));
    }

    [Theory]
    [InlineData(AlertRules.Wraparound, 0.5, 0.2)]
    [InlineData(AlertRules.ReplicaLag, 8, 1)]
    [InlineData(AlertRules.ReplicaDelay, 4, 0)]
    [InlineData(AlertRules.Connections, 2, 0.5)]
    public void A_threshold_lower_than_the_margin_can_be_fallen_behind(string key, double threshold, double good)
    {
        var rule = AlertRules.Defaults.Single(one => one.Key == key) with { Warning = threshold, Critical = null };
        Assert.Equal((true, false), (rule.HasEased(good, FindingLevel.Warning), rule.HasEased(threshold * 0.9, FindingLevel.Warning)));
    }

    private IReadOnlyList<AlertChange> _changes = [];

    private void Pass(int seconds) => _now += TimeSpan.FromSeconds(seconds);

    private void Raise(AlertRule rule, double value)
    {
        Look(rule, value);
        _now += rule.For;
        Assert.Equal(AlertChangeKind.Raised, Assert.Single(Look(rule, value)).Kind);
    }

    /// <summary>Each look is five seconds after the one before where a test does not pass the time itself.</summary>
    private IReadOnlyList<AlertChange> Look(AlertRule rule, double value)
    {
        var changes = Step([rule], AlertReadings.None.With(rule.Key, new AlertReading("x", value, "measured")));
        if (rule != Connections)
        {
            Pass(5);
        }

        return changes;
    }

    private IReadOnlyList<AlertChange> Step(IReadOnlyCollection<AlertRule> rules, AlertReadings readings)
    {
        var step = _memory.Step(rules, readings, _now);
        (_memory, _changes) = (step.Memory, step.Changes);
        return step.Changes;
    }

    private static (AlertChangeKind Kind, FindingLevel Level) Kind(IReadOnlyList<AlertChange> changes) => (Assert.Single(changes).Kind, changes[0].Level);
}
