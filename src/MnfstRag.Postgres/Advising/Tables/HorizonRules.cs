using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about what runs out or holds vacuum back: transaction ids of each database, holders of the xmin horizon, sequences. Judged once for each reading.</summary>
public static class HorizonRules
{
    private const string Manual = "https://www.postgresql.org/docs/current/";
    private static readonly HorizonThresholds Thresholds = new();
    private static readonly TableThresholds Wraparound = new();
    private static readonly JudgedReadings Judged = new();

    /// <summary>All of them; none before they were read.</summary>
    public static IEnumerable<Finding> All(ServerView view) =>
        Judged.Of(view, AgesReader.Instance, Ages)
            .Concat(Judged.Of(view, HorizonReader.Instance, reading => Holders(reading, Thresholds)))
            .Concat(Judged.Of(view, SequenceReader.Instance, reading => Sequences(reading, Thresholds)));

    /// <summary>Databases half way and more to wraparound; the tables of the connected one are told by themselves.</summary>
    public static IEnumerable<Finding> Ages(AgesReading reading)
    {
        foreach (var database in reading.Databases)
        {
            var (age, what) = database.Transactions >= database.Multixacts ? (database.Transactions, "transaction ids") : (database.Multixacts, "multixact ids");
            var share = (double)age / TableThresholds.Transactions;
            if (share >= Wraparound.WraparoundWarning)
            {
                yield return new Finding(
                    $"wraparound.database:{database.Database}",
                    share >= Wraparound.WraparoundCritical ? FindingLevel.Critical : FindingLevel.Warning,
                    "A database nears wraparound",
                    database.Database,
                    string.Create(CultureInfo.InvariantCulture, $"The oldest row of {database.Database} is {age:#,0} {what} old: {share * 100:0.#} % of those that there are. When none is left the whole server refuses every write."),
                    "In that database, end what holds vacuum back, then vacuum its oldest tables with FREEZE. template0 is vacuumed by the server itself.")
                {
                    Documentation = $"{Manual}routine-vacuuming.html#VACUUM-FOR-WRAPAROUND",
                };
            }
        }
    }

    /// <summary>Who holds the horizon back far, and prepared transactions that were forgotten.</summary>
    public static IEnumerable<Finding> Holders(HorizonReading reading, HorizonThresholds thresholds)
    {
        foreach (var holder in reading.Holders.DistinctBy(holder => (holder.Kind, holder.Name)))
        {
            var old = holder.Age >= thresholds.Held;
            var forgotten = holder.Kind == HorizonHolderKind.Prepared && reading.ServerTime - holder.Since >= thresholds.Prepared;
            if (old || forgotten)
            {
                yield return new Finding(
                    $"horizon.{holder.Kind.ToString().ToLowerInvariant()}:{holder.Name}",
                    holder.Age >= thresholds.HeldLong || forgotten ? FindingLevel.Warning : FindingLevel.Notice,
                    forgotten ? "A prepared transaction was forgotten" : "Vacuum is held back",
                    holder.Name,
                    Evidence(holder, reading.ServerTime),
                    Remedy(holder))
                {
                    Sql = Cure(holder),
                    Documentation = $"{Manual}routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
                };
            }
        }
    }

    /// <summary>Sequences near their end.</summary>
    public static IEnumerable<Finding> Sequences(SequenceReading reading, HorizonThresholds thresholds) => reading.Fullest
        .Where(sequence => sequence.Percent >= thresholds.SequenceWarning)
        .Select(sequence => new Finding(
            $"sequence.end:{sequence.Name}",
            sequence.Percent >= thresholds.SequenceCritical ? FindingLevel.Critical : FindingLevel.Warning,
            "A sequence nears its end",
            sequence.Name,
            string.Create(CultureInfo.InvariantCulture, $"{sequence.Name} is at {sequence.Last:#,0} of {sequence.Limit:#,0} ({sequence.Percent:0.#} %){(sequence.Column is { } column ? $" and fills {column}" : "")}. At its end every insert fails."),
            "Make the column bigint, which rewrites the table under a lock: plan it. Then the sequence too.")
        {
            // Where the column is the narrower one, the sequence alone would cure nothing.
            Sql = sequence.Column?.EndsWith("(bigint)", StringComparison.Ordinal) != false ? $"ALTER SEQUENCE {sequence.Name} AS bigint;" : null,
            Documentation = $"{Manual}sql-altersequence.html",
        });

    /// <summary>Whose rows it keeps, and for how long.</summary>
    private static string Evidence(HorizonHolder holder, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Who(holder)} keeps every {(holder.CatalogOnly ? "catalog row" : "row")} that was deleted or changed{(holder.Database is { } database ? $" in {database}" : "")} over the last {holder.Age:#,0} transactions{(holder.Since is { } since ? $", for {Plain.Duration(now - since)}" : "")}: vacuum may not remove them, and tables grow.");

    private static string Who(HorizonHolder holder) => holder.Kind switch
    {
        HorizonHolderKind.Prepared => $"The prepared transaction {holder.Name}",
        HorizonHolderKind.Slot => $"The replication slot {holder.Name}",
        HorizonHolderKind.Standby => $"The standby {holder.Name} (hot_standby_feedback)",
        _ => string.Create(CultureInfo.InvariantCulture, $"Backend {holder.Pid} ({holder.Name})"),
    };

    private static string Remedy(HorizonHolder holder) => holder.Kind switch
    {
        HorizonHolderKind.Prepared => "Ask whose it is: commit it or roll it back in that database.",
        HorizonHolderKind.Slot => "Bring its reader back; if nobody needs it, drop it.",
        HorizonHolderKind.Standby => "Look for a long query on the standby; ending it there lets the primary go on.",
        _ => "Look on the page of connections what it does; ending its transaction lets vacuum go on.",
    };

    private static string? Cure(HorizonHolder holder) => holder.Kind switch
    {
        HorizonHolderKind.Prepared => $"ROLLBACK PREPARED {Literal(holder.Name)};",
        HorizonHolderKind.Slot => $"SELECT pg_drop_replication_slot({Literal(holder.Name)});",
        _ => null,
    };

    // E'' where there is a backslash: standard_conforming_strings may be off.
    private static string Literal(string text) =>
        $"{(text.Contains('\\', StringComparison.Ordinal) ? "E" : "")}'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
