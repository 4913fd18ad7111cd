using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Plans CREATE INDEX CONCURRENTLY; of a partitioned table by the documented recipe: ON ONLY the parent, CONCURRENTLY on each partition, ATTACH.</summary>
internal static class CreateIndexPlan
{
    public static async Task AddAsync(PlanDraft draft, PlanFacts facts, CreateIndex operation, RelationFacts table, CancellationToken cancellationToken)
    {
        if (IndexName.Fault(operation.Name) is { } fault)
        {
            draft.No("name", fault);
            return;
        }

        var columns = await ColumnReader.ReadAsync(facts.Connection, facts.Options, table.Oid, cancellationToken);
        if (await IndexText.OfAsync(draft, facts, operation.Definition, columns, cancellationToken) is not { } text)
        {
            return;
        }

        Privileges(draft, facts, table);
        var before = draft.Reasons.Count(reason => reason.Verdict == MaintenanceVerdict.No);
        var unique = operation.Definition.Unique ? "UNIQUE " : "";
        if (unique.Length > 0)
        {
            draft.Care("unique", $"A unique index forbids equal keys from its first moment on. Where two rows have the same key now, the building fails and leaves an invalid index, which is cleared up.");
        }

        await AddTreeAsync(draft, facts, table, operation.Name, unique, text, cancellationToken);
        if (draft.Reasons.Count(reason => reason.Verdict == MaintenanceVerdict.No) > before)
        {
            draft.Steps.Clear();
            return;
        }

        draft.Sizes(facts.Relations.Leaves(table).Sum(leaf => leaf.Bytes), 0, table.IsPartitioned ? facts.Relations.Leaves(table).Sum(leaf => leaf.Rows) : table.Rows, null);
        await NeedsAsync(draft, facts, operation, facts.Relations.Leaves(table), cancellationToken);
    }

    /// <summary>The index of one table and, below a partitioned one, of every partition, attached from the leaves up.</summary>
    private static async Task<string?> AddTreeAsync(PlanDraft draft, PlanFacts facts, RelationFacts table, string name, string unique, string text, CancellationToken cancellationToken)
    {
        var taken = await NameTakenAsync(facts, table.Schema, name, cancellationToken);
        var existing = taken is { } oid ? facts.Relations.Index(oid) : null;
        var qualified = SqlName.Of(table.Schema, name);
        if (taken is not null && existing?.Facts.Table != table.Oid)
        {
            draft.No("name", $"The name {qualified} is taken by something else. Choose another name.");
            return null;
        }

        if (!table.IsPartitioned)
        {
            if (existing is { Facts.IsValid: true })
            {
                draft.No("exists", $"{existing.Target} is there already, and valid. Drop it first if it is not what is wanted, or choose another name.");
                return null;
            }

            if (existing is { IsBeingBuilt: true })
            {
                draft.No("being-built", $"{existing.Target} is being built at this moment.");
                return null;
            }

            if (existing is not null)
            {
                // IF NOT EXISTS would say CREATE INDEX and leave the invalid one as it is (42P07).
                draft.Care("leftover", $"{LeftoverWords.Of(IndexLeftoverKind.Invalid, existing.Target)} It is dropped first.");
                IndexPlan.Drop(draft, facts, existing, "Drop the invalid index that an earlier attempt left,");
            }

            draft.WaitsForTransactions = true;
            Create(draft, table, name, $"CREATE {unique}INDEX CONCURRENTLY {SqlName.Of(name)} ON {table.Target.Sql} {text}", StepKind.CreateIndex, $"Build {qualified} while reading and writing go on", PlanDraft.ShareUpdate);
            return name;
        }

        if (existing is { Facts.IsValid: true })
        {
            draft.No("exists", $"{existing.Target} is there already, and valid. Choose another name.");
            return null;
        }

        if (existing is not null)
        {
            draft.Care("unfinished", $"{existing.Target} is there, and not all partitions have their part: an earlier attempt did not come to its end. This goes on from there; the server refuses to attach a part that is not defined alike.");
        }
        else
        {
            Create(draft, table, name, $"CREATE {unique}INDEX {SqlName.Of(name)} ON ONLY {table.Target.Sql} {text}", StepKind.CreateParentIndex, $"Create {qualified} of the partitioned table alone, invalid until every partition has its part", "ShareLock");
        }

        var attached = existing is null ? [] : facts.Relations.Parts(existing.Facts.Oid).Select(part => part.Facts.Table).ToHashSet();
        foreach (var partition in facts.Relations.Partitions(table.Oid).Where(partition => !attached.Contains(partition.Oid)))
        {
            var part = IndexName.OfPart(name, partition);
            if (await BuiltAsync(facts, partition, part, cancellationToken) is not { } there)
            {
                if (await AddTreeAsync(draft, facts, partition, part, unique, text, cancellationToken) is null)
                {
                    return null;
                }
            }
            else
            {
                draft.Note("part", $"{there.Target} is there already and is attached as it is.");
            }

            draft.Add(
                new MaintenanceStep
                {
                    Number = 0,
                    Purpose = $"Attach the part of {partition.Target}",
                    Sql = $"ALTER INDEX {qualified} ATTACH PARTITION {SqlName.Of(partition.Schema, part)}",
                    Kind = StepKind.AttachIndex,
                    Objects = [table.Target, partition.Target],
                    NewIndex = name,
                    Subject = part,
                    Table = partition.Oid,
                    LockMode = PlanDraft.AccessExclusive,
                    Blocks = "The two indexes are locked for a moment; the partition is scanned by nobody meanwhile who wants the index.",
                });
        }

        return name;
    }

    /// <summary>A valid index of the part's name on the partition, from an earlier attempt that was not attached.</summary>
    private static async Task<IndexRow?> BuiltAsync(PlanFacts facts, RelationFacts partition, string part, CancellationToken cancellationToken) =>
        await NameTakenAsync(facts, partition.Schema, part, cancellationToken) is { } oid
            && facts.Relations.Index(oid) is { IsPartitioned: false, Facts: { IsValid: true, Parent: null } } index
            && index.Facts.Table == partition.Oid ? index : null;

    private static void Create(PlanDraft draft, RelationFacts table, string name, string sql, StepKind kind, string purpose, string lockMode) => draft.Add(
        new MaintenanceStep
        {
            Number = 0,
            Purpose = purpose,
            Sql = sql,
            Kind = kind,
            Objects = [table.Target],
            NewIndex = name,
            LockMode = lockMode,
        },
        table.Oid);

    private static void Privileges(PlanDraft draft, PlanFacts facts, RelationFacts table)
    {
        foreach (var one in facts.Relations.Tree(table).Where(one => !one.Owns))
        {
            draft.No("privilege", $"{facts.Ground.Role} may not create an index on {one.Target}: only its owner may (42501); MAINTAIN is not enough.", facts.Grant(one, maintain: false));
        }

        foreach (var one in facts.Relations.Tree(table).Where(one => one is { Owns: true, MayCreateInSchema: false }).DistinctBy(one => one.Schema))
        {
            draft.No("privilege", $"{facts.Ground.Role} may not create anything in schema {SqlName.Of(one.Schema)} (42501).", $"GRANT CREATE ON SCHEMA {SqlName.Of(one.Schema)} TO {SqlName.Of(facts.Ground.Role)};");
        }
    }

    private static async Task<uint?> NameTakenAsync(PlanFacts facts, string schema, string name, CancellationToken cancellationToken)
    {
        const string statement = """
            SELECT /* mnfst-admin:maintenance */ c.oid
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = $2
            """;
        await using var query = new BoundedQuery(facts.Connection, facts.Options, statement, new NpgsqlParameter { Value = schema }, new NpgsqlParameter { Value = name });
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows.GetFieldValue<uint>(0) : null;
    }

    /// <summary>Entries of a B-tree by the mean width of its columns in <c>pg_stats</c>; of other kinds of index it cannot be told.</summary>
    private static async Task NeedsAsync(PlanDraft draft, PlanFacts facts, CreateIndex operation, IEnumerable<RelationFacts> leaves, CancellationToken cancellationToken)
    {
        if (operation.Definition.Method != IndexMethod.BTree)
        {
            draft.Needs(null, $"Unknown: how large a {IndexText.MethodOf(operation.Definition.Method)} index becomes depends on what is in it.");
            return;
        }

        const string statement = """
            SELECT /* mnfst-admin:maintenance */ sum(coalesce(s.avg_width, CASE WHEN a.attlen > 0 THEN a.attlen END))::float8, bool_or(s.avg_width IS NULL AND a.attlen < 0)
            FROM pg_catalog.pg_attribute AS a
            LEFT JOIN pg_catalog.pg_stats AS s ON s.schemaname = $2 AND s.tablename = $3 AND s.attname = a.attname AND NOT s.inherited
            WHERE a.attrelid = $1 AND a.attname = ANY ($4)
            """;
        var names = operation.Definition.Parts.Select(part => part.Column).Concat(operation.Definition.Include).ToArray();
        var most = 0L;
        foreach (var leaf in leaves)
        {
            await using var query = new BoundedQuery(
                facts.Connection,
                facts.Options,
                statement,
                new NpgsqlParameter { Value = leaf.Oid, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid },
                new NpgsqlParameter { Value = leaf.Schema },
                new NpgsqlParameter { Value = leaf.Name },
                new NpgsqlParameter { Value = names });
            await using var rows = await query.ExecuteAsync(cancellationToken);
            if (leaf.Rows is not { } count || !await rows.ReadAsync(cancellationToken) || rows.IsDBNull(0) || rows.GetBoolean(1))
            {
                draft.Needs(null, $"Unknown until {leaf.Target} is analysed.");
                return;
            }

            most = Math.Max(most, (long)(count * (Math.Ceiling(rows.GetDouble(0) / 8) * 8 + 12) / 0.9));
        }

        draft.Needs(most, $"About {PlanDraft.Bytes(most)} for the index, and as much again for sorting while it is built{(operation.Definition.Where.IsDefaultOrEmpty ? "" : "; less, because not all rows are in it")}.");
    }
}
