using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>How far are transaction ids and multixact ids from running out?</summary>
internal sealed class WraparoundCheck : ServerCheck<AgesReading>
{
    /// <summary>Ids that a table may lag behind before the server refuses writes (2³¹, less a margin of 3 million that is left out).</summary>
    private const double Limit = 2_147_483_648;

    private const double WarningPercent = 50;

    private const double FailingPercent = 75;

    public override string Name => "wraparound";

    public override string Title => "Transaction ids do not run out";

    protected override IReader<AgesReading> Question => AgesReader.Instance;

    public override CheckOutcome Judge(AgesReading facts, Capabilities server)
    {
        var oldest = facts.Databases.MaxBy(one => one.Transactions)!;
        var oldestMultixact = facts.Databases.MaxBy(one => one.Multixacts)!;
        return Outcomes.Together([
            Judge("transaction ids", oldest.Database, oldest.Transactions),
            Judge("multixact ids", oldestMultixact.Database, oldestMultixact.Multixacts)]);
    }

    private static CheckOutcome Judge(string ids, string database, long age)
    {
        var percent = 100 * age / Limit;
        return CheckOutcome.AtLevel(
            percent,
            WarningPercent,
            FailingPercent,
            PlainWords.Text($"{PlainWords.Percent(percent)} of the {ids} are used up in {database} (age {age})."),
            $"In {database}, end what holds vacuum back (long transactions, prepared transactions, abandoned slots), then: VACUUM (FREEZE, VERBOSE) its oldest tables. At 100 % the server refuses writes.");
    }
}
