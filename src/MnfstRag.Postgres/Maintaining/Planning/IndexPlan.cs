using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Plans REINDEX, DROP INDEX and the repair of leftovers.</summary>
internal static class IndexPlan
{
    public static void Add(PlanDraft draft, PlanFacts facts, ReindexIndex operation)
    {
        if (facts.Relations.Index(operation.Index.Oid) is { } index && Allowed(draft, facts, index))
        {
            Leftovers(draft, facts, index.Facts.Table);
            foreach (var leaf in facts.Relations.LeafParts(index))
            {
                Reindex(draft, facts, leaf);
            }
        }
    }

    public static void Add(PlanDraft draft, PlanFacts facts, RelationFacts table)
    {
        foreach (var leaf in facts.Relations.Leaves(table))
        {
            var indexes = facts.Relations.AllIndexesOf(leaf).ToList();
            if (indexes.Count == 0)
            {
                continue;
            }

            if (!(leaf.Owns || leaf.MayMaintain))
            {
                Denied(draft, facts, leaf, "rebuild the indexes of");
            }

            foreach (var invalid in indexes.Where(one => one.Leftover is not null))
            {
                draft.No("leftover", $"{invalid.Target} is not valid. REINDEX TABLE CONCURRENTLY would pass it over with a warning and say REINDEX all the same. Clear it up first.", repair: new RepairLeftover(invalid.Target));
            }

            var exclusions = indexes.Where(one => one.IsExclusion).ToList();
            if (exclusions.Count > 0)
            {
                draft.Care("exclusion", $"{PlanDraft.Names(exclusions.Select(one => one.Target.ToString()))} cannot be rebuilt CONCURRENTLY, because it excludes rows by more than equality. It is left as it is; the others are rebuilt one by one.");
                foreach (var index in indexes.Where(one => !one.IsExclusion && one.Facts.Table == leaf.Oid))
                {
                    Reindex(draft, facts, index);
                }

                continue;
            }

            draft.WaitsForTransactions = true;
            draft.Add(
                new MaintenanceStep
                {
                    Number = 0,
                    Purpose = $"Rebuild every index of {leaf.Target} beside the old ones",
                    Sql = $"REINDEX TABLE CONCURRENTLY {leaf.Target.Sql}",
                    Kind = StepKind.ReindexTable,
                    Objects = [leaf.Target],
                    LockMode = PlanDraft.ShareUpdate,
                },
                leaf.Oid);
            var bytes = indexes.Sum(one => one.Facts.Bytes ?? 0);
            draft.Sizes(leaf.Bytes, bytes, leaf.Rows, leaf.DeadRows);
            draft.Needs(bytes, $"About {PlanDraft.Bytes(bytes)}: all new indexes of {leaf.Target} are built before the old ones go.");
        }

        if (draft.Steps.Count == 0 && !draft.Reasons.Any(reason => reason.Verdict == MaintenanceVerdict.No))
        {
            draft.No("nothing", $"{table.Target} has no index that could be rebuilt.");
        }
    }

    public static void Add(PlanDraft draft, PlanFacts facts, DropIndex operation)
    {
        if (facts.Relations.Index(operation.Index.Oid) is not { } index)
        {
            return;
        }

        if (index.Constraint is { } constraint)
        {
            draft.No("constraint", $"{index.Target} belongs to constraint {SqlName.Of(constraint)}. It goes with that constraint (ALTER TABLE … DROP CONSTRAINT), which is not done from here.");
            return;
        }

        if (index.Facts.Parent is { } parent)
        {
            draft.No("part", $"{index.Target} is a part of {facts.Relations.Index(parent)?.Target.ToString() ?? "a partitioned table's index"}: it goes with the whole.");
            return;
        }

        if (index.IsUnique)
        {
            draft.Care("unique", $"{index.Target} forbids equal keys. Without it the table takes duplicates, and ON CONFLICT on these columns fails.");
        }

        if (index.IsReplicaIdentity)
        {
            draft.Care("replica-identity", $"Logical replication identifies rows by {index.Target}. Without it UPDATE and DELETE on a published table fail.");
        }

        Drop(draft, facts, index, "Drop");
    }

    public static void Add(PlanDraft draft, PlanFacts facts, RepairLeftover operation)
    {
        if (facts.Relations.Index(operation.Index.Oid) is not { } index)
        {
            return;
        }

        if (index.IsBeingBuilt)
        {
            draft.No("being-built", $"{index.Target} is being built at this moment. Look again when that has ended.");
        }
        else if (index.Leftover is not { } kind)
        {
            draft.No("valid", $"{index.Target} is valid: there is nothing to clear up.");
        }
        else if (operation.Rebuild && kind != IndexLeftoverKind.Invalid)
        {
            draft.No("leftover", $"{index.Target} is a half of a rebuild that nobody wants. Drop it; the index that serves has the name without the suffix.");
        }
        else if (operation.Rebuild)
        {
            draft.Note("leftover", LeftoverWords.Of(kind, index.Target));
            if (Allowed(draft, facts, index))
            {
                Reindex(draft, facts, index);
            }
        }
        else if (index.Constraint is { } constraint)
        {
            draft.No("constraint", $"{index.Target} belongs to constraint {SqlName.Of(constraint)} and cannot be dropped alone. Rebuild it instead.", repair: new RepairLeftover(index.Target, Rebuild: true));
        }
        else
        {
            draft.Note("leftover", LeftoverWords.Of(kind, index.Target));
            Drop(draft, facts, index, "Drop the leftover");
        }
    }

    /// <summary>DROP INDEX CONCURRENTLY of one index.</summary>
    public static void Drop(PlanDraft draft, PlanFacts facts, IndexRow index, string verb)
    {
        var table = facts.Relations.Table(index.Facts.Table);
        if (!index.Owns && !index.OwnsSchema)
        {
            draft.No("privilege", $"{facts.Ground.Role} may not drop {index.Target}: only its owner may.", table is null ? null : facts.Grant(table, maintain: false));
        }

        if (index.IsPartitioned)
        {
            draft.Care("partitioned", $"{index.Target} is a partitioned table's index, which PostgreSQL cannot drop CONCURRENTLY: table and partitions are locked for a moment, and whoever comes waits.");
        }

        draft.WaitsForTransactions |= !index.IsPartitioned;
        draft.Add(
            new MaintenanceStep
            {
                Number = 0,
                Purpose = $"{verb} {index.Target}",
                Sql = $"DROP INDEX {(index.IsPartitioned ? "" : "CONCURRENTLY ")}{index.Target.Sql}",
                Kind = StepKind.DropIndex,
                Objects = [index.Target],
                LockMode = index.IsPartitioned ? PlanDraft.AccessExclusive : PlanDraft.ShareUpdate,
            },
            index.Facts.Table,
            index.Facts.Oid);
        draft.Sizes(0, index.Facts.Bytes ?? 0, null, null);
    }

    private static void Reindex(PlanDraft draft, PlanFacts facts, IndexRow index)
    {
        var table = facts.Relations.Table(index.Facts.Table);
        draft.WaitsForTransactions = true;
        draft.Add(
            new MaintenanceStep
            {
                Number = 0,
                Purpose = $"Rebuild {index.Target} beside the old one",
                Sql = $"REINDEX INDEX CONCURRENTLY {index.Target.Sql}",
                Kind = StepKind.ReindexIndex,
                Objects = [index.Target],
                LockMode = PlanDraft.ShareUpdate,
            },
            index.Facts.Table,
            index.Facts.Oid);
        var bytes = index.Facts.Bytes ?? 0;
        draft.Sizes(table?.Bytes ?? 0, bytes, table?.Rows, table?.DeadRows);
        draft.Needs(bytes, $"About {PlanDraft.Bytes(bytes)} for the new {index.Target}, and as much again for sorting while it is built.");
    }

    private static bool Allowed(PlanDraft draft, PlanFacts facts, IndexRow index)
    {
        var before = draft.Reasons.Count(reason => reason.Verdict == MaintenanceVerdict.No);
        foreach (var leaf in facts.Relations.LeafParts(index))
        {
            if (leaf.IsExclusion)
            {
                draft.No("exclusion", $"{leaf.Target} excludes rows by more than equality: PostgreSQL cannot rebuild such an index CONCURRENTLY.");
            }

            if (leaf.Leftover is IndexLeftoverKind.UnfinishedRebuild or IndexLeftoverKind.ReplacedByRebuild)
            {
                draft.No("leftover", LeftoverWords.Of(leaf.Leftover.Value, leaf.Target), repair: new RepairLeftover(leaf.Target));
            }

            if (leaf.IsBeingBuilt && !leaf.Facts.IsValid)
            {
                draft.No("being-built", $"{leaf.Target} is being built at this moment.");
            }

            if (!leaf.Owns && facts.Relations.Table(leaf.Facts.Table) is { MayMaintain: false } table)
            {
                Denied(draft, facts, table, $"rebuild {leaf.Target} of");
            }
        }

        return draft.Reasons.Count(reason => reason.Verdict == MaintenanceVerdict.No) == before;
    }

    private static void Leftovers(PlanDraft draft, PlanFacts facts, uint table)
    {
        foreach (var leftover in facts.Relations.IndexesOf(table).Where(one => one.Leftover is IndexLeftoverKind.UnfinishedRebuild or IndexLeftoverKind.ReplacedByRebuild))
        {
            draft.Care("leftover", LeftoverWords.Of(leftover.Leftover!.Value, leftover.Target), repair: new RepairLeftover(leftover.Target));
        }
    }

    private static void Denied(PlanDraft draft, PlanFacts facts, RelationFacts table, string what) => draft.No(
        "privilege",
        $"{facts.Ground.Role} may not {what} {table.Target}: only its owner may{(facts.Major >= 17 ? ", and who has MAINTAIN" : "")} (42501).",
        facts.Grant(table, maintain: true));
}
