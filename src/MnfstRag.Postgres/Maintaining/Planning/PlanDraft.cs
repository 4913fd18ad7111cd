using System.Text;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>A plan while it is being made.</summary>
internal sealed class PlanDraft
{
    public const string ShareUpdate = "ShareUpdateExclusiveLock";
    public const string AccessExclusive = "AccessExclusiveLock";

    public List<MaintenanceStep> Steps { get; } = [];

    public List<PlanReason> Reasons { get; } = [];

    /// <summary>Relations on which locks are needed, with the strongest mode.</summary>
    public List<(uint Relation, string Mode)> Locks { get; } = [];

    /// <summary>A CONCURRENTLY command is among the steps: it waits for older transactions.</summary>
    public bool WaitsForTransactions { get; set; }

    /// <summary>A VACUUM is among the steps: it cannot remove what older transactions may still see.</summary>
    public bool RemovesDeadRows { get; set; }

    /// <summary>Room needed at most at one time; null once it cannot be told.</summary>
    public long? NeededBytes { get; private set; } = 0;

    public string DiskWords { get; private set; } = "No room on disk worth mentioning.";

    public PlanSize? Size { get; private set; }

    /// <summary>Which operation of a batch is being planned.</summary>
    public int Part { get; private set; }

    /// <summary>Begins an operation of a batch, and says how much there is before it.</summary>
    public (int Steps, int Reasons, int Locks) Begin(int part)
    {
        Part = part;
        return (Steps.Count, Reasons.Count, Locks.Count);
    }

    /// <summary>An operation that cannot be run is left out of its batch, with its reason; the others are run.</summary>
    public void LeaveOutIfRefused((int Steps, int Reasons, int Locks) mark)
    {
        if (!Reasons.Skip(mark.Reasons).Any(reason => reason.Verdict == MaintenanceVerdict.No))
        {
            return;
        }

        Steps.RemoveRange(mark.Steps, Steps.Count - mark.Steps);
        Locks.RemoveRange(mark.Locks, Locks.Count - mark.Locks);
        for (var at = mark.Reasons; at < Reasons.Count; at++)
        {
            if (Reasons[at].Verdict == MaintenanceVerdict.No)
            {
                Reasons[at] = Reasons[at] with { Verdict = MaintenanceVerdict.GoWithCare, Words = $"Left out: {Reasons[at].Words}" };
            }
        }
    }

    public void No(string key, string words, string? sql = null, MaintenanceOperation? repair = null) => Reasons.Add(new(MaintenanceVerdict.No, key, words, sql, repair));

    public void Care(string key, string words, string? sql = null, MaintenanceOperation? repair = null) => Reasons.Add(new(MaintenanceVerdict.GoWithCare, key, words, sql, repair));

    public void Note(string key, string words) => Reasons.Add(new(MaintenanceVerdict.Go, key, words));

    /// <summary>Adds a step; numbers follow from the order.</summary>
    public void Add(MaintenanceStep step, params ReadOnlySpan<uint> locked)
    {
        Steps.Add(step with { Number = Steps.Count, Part = Part, Table = step.Table ?? (locked.Length > 0 ? locked[0] : null), Blocks = step.Blocks.Length > 0 ? step.Blocks : LockWords(step.LockMode) });
        foreach (var relation in locked)
        {
            if (step.LockMode is { } mode)
            {
                Locks.Add((relation, mode));
            }
        }
    }

    /// <summary>Room that is needed at one time; the largest demand counts, because steps follow each other.</summary>
    public void Needs(long? bytes, string words)
    {
        if (NeededBytes is { } so && (bytes is null || bytes > so))
        {
            (NeededBytes, DiskWords) = (bytes, words);
        }
    }

    public void Sizes(long tableBytes, long indexBytes, double? rows, long? dead) => Size = Size is { } so
        ? new(so.TableBytes + tableBytes, so.IndexBytes + indexBytes, so.Rows + rows, so.DeadRows + dead)
        : new(tableBytes, indexBytes, rows, dead);

    /// <summary>A quantity of bytes for a person.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => Plain.Count(bytes, "byte"),
        < 1024 * 1024 => FormattableString.Invariant($"{bytes / 1024.0:0.#} kB"),
        < 1024 * 1024 * 1024 => FormattableString.Invariant($"{bytes / 1048576.0:0.#} MB"),
        _ => FormattableString.Invariant($"{bytes / 1073741824.0:0.##} GB"),
    };

    /// <summary>Joined names, the first few of them.</summary>
    public static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= 3 ? string.Join(", ", all) : FormattableString.Invariant($"{string.Join(", ", all.Take(3))} and {all.Count - 3} more");
    }

    /// <summary>What a lock stops.</summary>
    public static string LockWords(string? mode) => mode switch
    {
        null => "Takes no lock on a table.",
        ShareUpdate => "Reading and writing go on. Other VACUUM, ANALYZE, index builds and ALTER TABLE on the table wait.",
        "ShareLock" => "Reading goes on; writing to the table waits for a moment.",
        AccessExclusive => "Nobody reads or writes the table meanwhile, and whoever comes waits behind this.",
        _ => mode,
    };

    /// <summary>The plan as a script for psql. Names in comments cannot end the comment.</summary>
    public string Script(MaintenanceOperation operation, Ground ground, TimeSpan lockTimeout, bool isHindered)
    {
        var script = new StringBuilder();
        Comment(script, operation.Title);
        Comment(script, FormattableString.Invariant($"PostgreSQL {ground.Major}, database {SqlName.Of(ground.Database)}. Run it on a direct connection, not inside a transaction."));
        if (isHindered || Steps.Count == 0)
        {
            Comment(script, "Nothing can be run as things are: see the plan's reasons.");
            return script.ToString();
        }

        foreach (var (name, value) in SessionSettings.Of(ground.Major, lockTimeout))
        {
            script.Append("SET ").Append(name).Append(" = ").Append(name == "search_path" ? value : $"'{value}'").Append(";\n");
        }

        foreach (var step in Steps)
        {
            script.Append('\n');
            Comment(script, FormattableString.Invariant($"{step.Number + 1}. {step.Purpose}. {step.Blocks}"));
            script.Append(step.Sql).Append(";\n");
        }

        return script.ToString();
    }

    private static void Comment(StringBuilder script, string words) => script.Append("-- ").Append(OneLine(words)).Append('\n');

    private static string OneLine(string words) => string.Create(words.Length, words, (line, text) =>
    {
        for (var at = 0; at < text.Length; at++)
        {
            line[at] = char.IsControl(text[at]) || text[at] is '\u2028' or '\u2029' ? ' ' : text[at];
        }
    });
}
