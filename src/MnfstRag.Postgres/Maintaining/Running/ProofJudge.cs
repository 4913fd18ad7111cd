using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Judges from the server's books before and after whether a step did its work. The command's own word counts for nothing: VACUUM, ANALYZE, REINDEX and
/// CREATE INDEX answer with success when they skipped what they were asked to do.
/// </summary>
internal static class ProofJudge
{
    /// <summary>Judges a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="before">The books before.</param>
    /// <param name="after">The books after.</param>
    /// <param name="answered">The server answered with success; false when the answer was not seen.</param>
    public static MaintenanceProof Judge(MaintenanceStep step, StepBaseline before, StepBooks after, bool answered)
    {
        var (result, words) = step.Kind switch
        {
            StepKind.Analyze => Moved("ANALYZE", before, after, before.Analyzes, after.Baseline.Analyzes, before.LastAnalyze, after.Baseline.LastAnalyze),
            StepKind.Vacuum or StepKind.VacuumToast => Moved("VACUUM", before, after, before.Vacuums, after.Baseline.Vacuums, before.LastVacuum, after.Baseline.LastVacuum),
            StepKind.VacuumFull => Rewritten(before, after.Baseline),
            StepKind.ReindexIndex => Reindexed(step, before, after.Baseline, OwnIndex(step, before)),
            StepKind.ReindexTable => Reindexed(step, before, after.Baseline, [.. before.Indexes.Where(index => index.IsValid)]),
            StepKind.CreateIndex => Created(step, after.Baseline, needsValid: true),
            StepKind.CreateParentIndex => Created(step, after.Baseline, needsValid: false),
            StepKind.AttachIndex => Attached(step, after.Baseline),
            StepKind.DropIndex => Dropped(step, after.Baseline),
            StepKind.ValidateConstraint => Fact(after.Baseline.Fact == "validated", "The catalog has the constraint as validated.", "The catalog has the constraint as not validated."),
            StepKind.DatabaseAge => Fact(after.Baseline.Fact == "as its tables", "The database's oldest transaction is that of its oldest table.", "The database counts as older than its oldest table."),
            StepKind.CreateExtension => Fact(after.Baseline.Fact == step.Wanted || (after.Baseline.Fact is not null && step.Wanted is null), $"{step.Subject} {after.Baseline.Fact} is in the database.", $"{step.Subject} is not in the database."),
            StepKind.UpdateExtension => Fact(after.Baseline.Fact == step.Wanted, $"{step.Subject} is at {after.Baseline.Fact}.", $"{step.Subject} is at {after.Baseline.Fact ?? "no version"}."),
            StepKind.SystemSetting => Setting(step, after.Baseline, answered),
            StepKind.ScopedSetting => Fact(Same(after.Baseline.Fact, step.Wanted), after.Baseline.Fact is null ? $"{step.Subject} is not set there any more." : $"{step.Subject} is {after.Baseline.Fact} there.", $"{step.Subject} is {after.Baseline.Fact ?? "not set"} there."),
            _ => Later(step, before, after.Baseline),
        };
        var proof = new MaintenanceProof(result, words, before, after.Baseline);
        return result == MaintenanceResult.Done ? proof : WithLeftover(step, proof);
    }

    /// <summary>The invalid index that the step left, if it did.</summary>
    public static IndexFacts? Leftover(MaintenanceStep step, StepBaseline before, StepBaseline after) => step.Kind switch
    {
        StepKind.CreateIndex => after.Indexes.FirstOrDefault(index => !index.IsValid && index.Name == step.NewIndex && !WasThere(before, index)),
        StepKind.ReindexIndex or StepKind.ReindexTable => after.Indexes.FirstOrDefault(index =>
            !WasThere(before, index) && IndexLeftover.Of(index.Name, index.IsValid, inProgress: false) is not null),
        StepKind.DropIndex => after.Indexes.FirstOrDefault(index => !index.IsValid && index.Oid == step.Objects[0].Oid && before.Indexes.Any(one => one.Oid == index.Oid && one.IsValid)),
        _ => null,
    };

    public static MaintenanceOperation Repair(IndexFacts leftover) => new RepairLeftover(new MaintenanceTarget(leftover.Oid, leftover.Schema, leftover.Name, MaintenanceTargetKind.Index));

    private static MaintenanceProof WithLeftover(MaintenanceStep step, MaintenanceProof proof)
    {
        if (Leftover(step, proof.Before!, proof.After!) is not { } left)
        {
            return proof;
        }

        var target = new MaintenanceTarget(left.Oid, left.Schema, left.Name, MaintenanceTargetKind.Index);
        var kind = IndexLeftover.Of(left.Name, left.IsValid, inProgress: false) ?? IndexLeftoverKind.Invalid;
        return proof with { Result = MaintenanceResult.LeftSomething, Words = $"{proof.Words} {LeftoverWords.Of(kind, target)}", Repair = Repair(left) };
    }

    private static bool WasThere(StepBaseline before, IndexFacts index) => before.Indexes.Any(one => one.Oid == index.Oid);

    private static (MaintenanceResult, string) Fact(bool holds, string yes, string no) => holds ? (MaintenanceResult.Done, yes) : (MaintenanceResult.Failed, no);

    private static (MaintenanceResult, string) Moved(string command, StepBaseline before, StepBooks after, long? countBefore, long? countAfter, DateTimeOffset? before1, DateTimeOffset? after1)
    {
        if (countAfter > countBefore || (after1 is not null && after1 >= before.At))
        {
            return (MaintenanceResult.Done, $"The statistics show the {command}{Sizes(before, after.Baseline)}.");
        }

        if (!after.CountsAreKept)
        {
            return (MaintenanceResult.Unproven, $"track_counts is off: the statistics cannot show whether the {command} was done.");
        }

        if (after.Baseline.PostmasterStart != before.PostmasterStart || after.Baseline.StatsReset != before.StatsReset)
        {
            return (MaintenanceResult.Unproven, $"The statistics were lost since ({(after.Baseline.PostmasterStart != before.PostmasterStart ? "the server was restarted" : "they were reset")}): they cannot show whether the {command} was done.");
        }

        return (MaintenanceResult.Failed, $"The statistics show no {command} since.");
    }

    private static (MaintenanceResult, string) Rewritten(StepBaseline before, StepBaseline after) =>
        after.File is null ? (MaintenanceResult.Unproven, "The table is no longer there.")
        : Fact(after.File != before.File, $"The table has a new file{Sizes(before, after)}.", "The table has the same file as before.");

    private static IndexFacts[] OwnIndex(MaintenanceStep step, StepBaseline before) => [.. before.Indexes.Where(index => index.Oid == step.Objects[0].Oid)];

    private static (MaintenanceResult, string) Reindexed(MaintenanceStep step, StepBaseline before, StepBaseline after, IndexFacts[] wanted)
    {
        if (wanted.Length == 0)
        {
            return (MaintenanceResult.Unproven, $"The index was not there before the step began, so there is nothing to compare with.");
        }

        var stale = wanted.Where(index => after.Indexes.FirstOrDefault(now => (now.Schema, now.Name) == (index.Schema, index.Name)) is not { IsValid: true, IsReady: true } now || now.File == index.File).ToList();
        if (stale.Count > 0)
        {
            return (MaintenanceResult.Failed, $"{PlanDraft.Names(stale.Select(index => SqlName.Of(index.Schema, index.Name)))} {(stale.Count == 1 ? "is" : "are")} as before.");
        }

        if (Leftover(step, before, after) is { } left)
        {
            return (MaintenanceResult.LeftSomething, $"The rebuild was done; {SqlName.Of(left.Schema, left.Name)} was not removed.");
        }

        return (MaintenanceResult.Done, $"{(wanted.Length == 1 ? "The index has a new file and is valid" : $"All {wanted.Length} indexes have new files and are valid")}; {PlanDraft.Bytes(Bytes(before, wanted))} before, {PlanDraft.Bytes(Bytes(after, wanted))} after.");
    }

    private static (MaintenanceResult, string) Created(MaintenanceStep step, StepBaseline after, bool needsValid)
    {
        var index = after.Indexes.FirstOrDefault(one => one.Name == step.NewIndex);
        return index is null ? (MaintenanceResult.Failed, $"There is no index {SqlName.Of(step.NewIndex!)} on the table.")
            : needsValid && !(index.IsValid && index.IsReady) ? (MaintenanceResult.Failed, $"{SqlName.Of(index.Schema, index.Name)} is there and not valid.")
            : (MaintenanceResult.Done, needsValid ? $"{SqlName.Of(index.Schema, index.Name)} is there, valid and ready{(index.Bytes is { } bytes ? $", {PlanDraft.Bytes(bytes)}" : "")}." : $"{SqlName.Of(index.Schema, index.Name)} is there, and waits for its parts.");
    }

    private static (MaintenanceResult, string) Attached(MaintenanceStep step, StepBaseline after)
    {
        var part = after.Indexes.FirstOrDefault(one => one.Name == step.Subject);
        return Fact(part?.Parent is not null, $"{SqlName.Of(step.Subject!)} is attached.", $"{SqlName.Of(step.Subject!)} is not attached.");
    }

    private static (MaintenanceResult, string) Dropped(MaintenanceStep step, StepBaseline after)
    {
        var there = after.Indexes.FirstOrDefault(one => one.Oid == step.Objects[0].Oid);
        return Fact(there is null, $"{step.Objects[0]} is gone.", there?.IsValid == true ? $"{step.Objects[0]} is still there, and valid." : $"{step.Objects[0]} is still there, and no longer valid.");
    }

    private static (MaintenanceResult, string) Setting(MaintenanceStep step, StepBaseline after, bool answered)
    {
        var pending = after.PendingRestart ? " It comes into force with a restart." : "";
        if (after.Fact is null && step.Wanted is not null)
        {
            return answered
                ? (MaintenanceResult.Done, $"The server took it; what its file says is hidden from this role.{pending}")
                : (MaintenanceResult.Unproven, "The file that ALTER SYSTEM writes is hidden from this role.");
        }

        return Fact(Same(after.Fact, step.Wanted), after.Fact is null ? $"{step.Subject} is no longer in postgresql.auto.conf.{pending}" : $"postgresql.auto.conf has {step.Subject} = {after.Fact}.{pending}", $"postgresql.auto.conf has {step.Subject} = {after.Fact ?? "nothing"}.");
    }

    /// <summary>Proven by a time that moved on; the texts are alike, so they compare as times do.</summary>
    private static (MaintenanceResult, string) Later(MaintenanceStep step, StepBaseline before, StepBaseline after)
    {
        var what = step.Kind == StepKind.Reload ? "The configuration was loaded" : "The counters were reset";
        return after.Fact is null ? (MaintenanceResult.Unproven, $"The server does not tell when {(step.Kind == StepKind.Reload ? "the configuration was loaded" : "these counters were reset")}.")
            : Fact(string.CompareOrdinal(after.Fact, before.Fact ?? "") > 0, $"{what} at {after.Fact} UTC.", $"{what} last at {after.Fact} UTC, before this began.");
    }

    private static bool Same(string? one, string? other) => Members(one).SequenceEqual(Members(other), StringComparer.Ordinal);

    private static IEnumerable<string> Members(string? list) => list is null ? [] : list.Split(',', StringSplitOptions.TrimEntries).Select(member => member.Trim('"'));

    private static long Bytes(StepBaseline books, IndexFacts[] wanted) =>
        books.Indexes.Where(index => wanted.Any(one => (one.Schema, one.Name) == (index.Schema, index.Name))).Sum(index => index.Bytes ?? 0);

    private static string Sizes(StepBaseline before, StepBaseline after)
    {
        var dead = before.DeadRows is { } was && after.DeadRows is { } now && was != now ? $", {Plain.Count(was, "dead row")} before, {Plain.Count(now, "dead row")} after" : "";
        return before.TableBytes is { } one && after.TableBytes is { } two
            ? $": {PlanDraft.Bytes(one)} before, {PlanDraft.Bytes(two)} after{(after.Rows is { } rows ? FormattableString.Invariant($", about {rows:N0} rows") : "")}{dead}"
            : dead;
    }
}
