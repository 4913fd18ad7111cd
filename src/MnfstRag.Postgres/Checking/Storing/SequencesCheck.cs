using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>Is a sequence near its end, or near the end of the column that it fills? A bigint sequence on an integer column ends with the column.</summary>
internal sealed class SequencesCheck : ServerCheck<SequenceReading>
{
    private const double WarningPercent = 75;

    private const double FailingPercent = 90;

    public override string Name => "sequences";

    public override string Title => "No sequence is near its end";

    protected override IReader<SequenceReading> Question => SequenceReader.Instance;

    public override CheckOutcome Judge(SequenceReading facts, Capabilities server)
    {
        var full = facts.Fullest.Where(one => one.Percent >= WarningPercent).ToList();
        if (full.Count == 0 && facts.Hidden > 0)
        {
            return CheckOutcome.Skipped(
                $"{PlainWords.Count(facts.Hidden)} of {PlainWords.Of(facts.Total, "sequence")} may not be read by {server.Role}; of the others none is near its end.",
                $"As their owner: GRANT SELECT ON ALL SEQUENCES IN SCHEMA … TO {PlainWords.Quoted(server.Role)}; or as a superuser: GRANT pg_read_all_data TO {PlainWords.Quoted(server.Role)};");
        }

        if (full.Count == 0)
        {
            return CheckOutcome.Ok(facts switch
            {
                { Total: 0 } => $"Database {server.Database} has no sequence that could run out.",
                { Fullest: [var first, ..] } => $"Of {PlainWords.Of(facts.Total, "sequence")} the fullest is {first.Name} at {PlainWords.Percent(first.Percent)}.",
                _ => $"{PlainWords.Of(facts.Total, "sequence")}, none used yet.",
            });
        }

        var evidence = $"{PlainWords.Some([.. full.Select(Words)])}.";
        return CheckOutcome.AtLevel(
            full[0].Percent,
            WarningPercent,
            FailingPercent,
            evidence,
            "At the end every insert fails. Make the column bigint (it rewrites the table under a lock: plan it), and the sequence too: ALTER SEQUENCE … AS bigint;");
    }

    private static string Words(SequenceUse one) =>
        PlainWords.Text($"{one.Name} is at {one.Last} of {one.Limit} ({PlainWords.Percent(one.Percent)}){(one.Column is { } column ? $", filling {column}" : "")}");
}
