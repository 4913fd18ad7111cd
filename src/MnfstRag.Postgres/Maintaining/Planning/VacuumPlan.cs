using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Plans VACUUM and ANALYZE.</summary>
internal static class VacuumPlan
{
    public static void Add(PlanDraft draft, PlanFacts facts, VacuumTable operation, RelationFacts table)
    {
        Refuse(draft, facts, operation, table);
        var leaves = operation.Only && !table.IsPartitioned ? [table] : facts.Relations.Leaves(table).ToList();
        Privileges(draft, facts, leaves);
        SizesOf(draft, facts, leaves);
        draft.RemovesDeadRows = true;
        if (operation.SkipMain)
        {
            leaves = [.. leaves.Where(leaf => leaf.Toast != 0)];
        }

        if (leaves.Count == 0 && operation.SkipMain)
        {
            draft.No("options", $"{table.Target} has no TOAST table: there would be nothing to vacuum (PROCESS_MAIN off).");
        }

        var analyzeApart = operation.Analyze && table.IsPartitioned;
        foreach (var leaf in leaves)
        {
            draft.Add(
                new MaintenanceStep
                {
                    Number = 0,
                    Purpose = operation.Full ? $"Rewrite {leaf.Target}" : operation.SkipMain ? $"Vacuum the TOAST table of {leaf.Target}" : $"Vacuum {leaf.Target}",
                    Sql = $"VACUUM{OptionList(Options(operation, operation.Analyze && !analyzeApart))} {(operation.Only ? "ONLY " : "")}{leaf.Target.Sql}",
                    Kind = operation.Full ? StepKind.VacuumFull : operation.SkipMain ? StepKind.VacuumToast : StepKind.Vacuum,
                    Objects = [leaf.Target],
                    LockMode = operation.Full ? PlanDraft.AccessExclusive : PlanDraft.ShareUpdate,
                },
                leaf.Oid);
            if (operation.Full)
            {
                var bytes = leaf.Bytes + facts.Relations.IndexesOf(leaf.Oid).Sum(index => index.Facts.Bytes ?? 0);
                draft.Needs(bytes, $"Up to {PlanDraft.Bytes(bytes)}: the table and its indexes are written anew beside the old ones.");
            }
        }

        if (analyzeApart)
        {
            Analyze(draft, facts, new AnalyzeTable(table.Target) { BufferLimitKilobytes = operation.BufferLimitKilobytes }, table);
        }

        if (operation.Full)
        {
            draft.Care("rewrite", $"{table.Target} cannot be read or written while it is rewritten. REINDEX CONCURRENTLY of bloated indexes, or a plain VACUUM, stops nobody.");
        }
    }

    public static void Add(PlanDraft draft, PlanFacts facts, AnalyzeTable operation, RelationFacts table)
    {
        if (operation.Only && facts.Major < 18)
        {
            draft.No("version", $"ANALYZE ONLY came with PostgreSQL 18; this server is {facts.Major}.");
        }

        BufferLimit(draft, facts, operation.BufferLimitKilobytes);
        var all = facts.Relations.Tree(table).ToList();
        Privileges(draft, facts, all);
        SizesOf(draft, facts, facts.Relations.Leaves(table));
        Analyze(draft, facts, operation, table);
    }

    public static void AddDatabaseAge(PlanDraft draft, PlanFacts facts)
    {
        if (facts.Major < 16)
        {
            draft.No("version", $"ONLY_DATABASE_STATS came with PostgreSQL 16; this server is {facts.Major}. Every VACUUM reckons the database's age there.");
            return;
        }

        draft.Add(new MaintenanceStep { Number = 0, Purpose = "Reckon the oldest transaction of the database from its tables", Sql = "VACUUM (ONLY_DATABASE_STATS)", Kind = StepKind.DatabaseAge });
    }

    private static void Analyze(PlanDraft draft, PlanFacts facts, AnalyzeTable operation, RelationFacts table)
    {
        List<string> options = [];
        if (operation.SkipLocked)
        {
            options.Add("SKIP_LOCKED");
        }

        if (operation.BufferLimitKilobytes is { } limit)
        {
            options.Add(string.Create(CultureInfo.InvariantCulture, $"BUFFER_USAGE_LIMIT '{limit} kB'"));
        }

        var columns = operation.Columns.IsDefaultOrEmpty ? "" : $" ({string.Join(", ", operation.Columns.Select(SqlName.Of))})";
        draft.Add(
            new MaintenanceStep
            {
                Number = 0,
                Purpose = table.IsPartitioned && !operation.Only ? $"Analyse {table.Target} and its partitions" : $"Analyse {table.Target}",
                Sql = $"ANALYZE{OptionList(options)} {(operation.Only ? "ONLY " : "")}{table.Target.Sql}{columns}",
                Kind = StepKind.Analyze,
                Objects = [table.Target],
                LockMode = PlanDraft.ShareUpdate,
            },
            [.. (operation.Only ? [table] : facts.Relations.Tree(table)).Select(one => one.Oid)]);
    }

    private static void Refuse(PlanDraft draft, PlanFacts facts, VacuumTable operation, RelationFacts table)
    {
        BufferLimit(draft, facts, operation.BufferLimitKilobytes);
        if (operation.Only && facts.Major < 18)
        {
            draft.No("version", $"VACUUM ONLY came with PostgreSQL 18; this server is {facts.Major}.");
        }

        if (operation.Only && table.IsPartitioned)
        {
            draft.No("options", $"{table.Target} is partitioned and has no rows of its own: VACUUM ONLY would do nothing.");
        }

        if (operation.Workers is < 0 or > 1024)
        {
            draft.No("options", "PARALLEL takes 0 to 1024 workers.");
        }

        if (operation.Full && (operation.Workers > 0 || operation.EveryPage))
        {
            draft.No("options", "VACUUM FULL rewrites the whole table: PARALLEL and DISABLE_PAGE_SKIPPING do not go with it.");
        }

        if (operation is { Full: true, BufferLimitKilobytes: not null, Analyze: false })
        {
            draft.No("options", "BUFFER_USAGE_LIMIT does not go with VACUUM FULL, unless it analyses too.");
        }

        if (operation.Full && (operation.SkipToast || operation.SkipMain || operation.IndexCleanup is not null || operation.Truncate is not null))
        {
            draft.No("options", "VACUUM FULL rewrites the table, its TOAST table and all its indexes: PROCESS_TOAST, PROCESS_MAIN, INDEX_CLEANUP and TRUNCATE do not go with it.");
        }

        if (operation is { SkipToast: true, SkipMain: true })
        {
            draft.No("options", "Without the table (PROCESS_MAIN off) and without its TOAST table (PROCESS_TOAST off) nothing is left to vacuum; the server would answer with success.");
        }

        if (facts.Major < 16 && (operation.SkipMain || operation.SkipDatabaseStatistics))
        {
            draft.No("version", $"{(operation.SkipMain ? "PROCESS_MAIN" : "SKIP_DATABASE_STATS")} came with PostgreSQL 16; this server is {facts.Major}.");
        }
    }

    private static void BufferLimit(PlanDraft draft, PlanFacts facts, int? limit)
    {
        if (limit is not null && facts.Major < 16)
        {
            draft.No("version", $"BUFFER_USAGE_LIMIT came with PostgreSQL 16; this server is {facts.Major}.");
        }
        else if (limit is not (null or 0 or (>= 128 and <= 16_777_216)))
        {
            draft.No("options", "BUFFER_USAGE_LIMIT takes 0, or 128 kB to 16 GB.");
        }
    }

    private static List<string> Options(VacuumTable operation, bool analyze)
    {
        List<string> options = [];
        void If(bool wanted, string option)
        {
            if (wanted)
            {
                options.Add(option);
            }
        }

        If(operation.Full, "FULL");
        If(operation.Freeze, "FREEZE");
        If(analyze, "ANALYZE");
        If(operation.EveryPage, "DISABLE_PAGE_SKIPPING");
        If(operation.SkipLocked, "SKIP_LOCKED");
        If(operation.IndexCleanup is not null, $"INDEX_CLEANUP {(operation.IndexCleanup == true ? "ON" : "OFF")}");
        If(operation.SkipToast, "PROCESS_TOAST OFF");
        If(operation.SkipMain, "PROCESS_MAIN OFF");
        If(operation.SkipDatabaseStatistics, "SKIP_DATABASE_STATS");
        If(operation.Verbose, "VERBOSE");
        If(operation.Truncate is not null, $"TRUNCATE {(operation.Truncate == true ? "ON" : "OFF")}");
        If(operation.Workers is not null, string.Create(CultureInfo.InvariantCulture, $"PARALLEL {operation.Workers}"));
        If(operation.BufferLimitKilobytes is not null, string.Create(CultureInfo.InvariantCulture, $"BUFFER_USAGE_LIMIT '{operation.BufferLimitKilobytes} kB'"));
        return options;
    }

    private static string OptionList(List<string> options) => options.Count == 0 ? "" : $" ({string.Join(", ", options)})";

    // The server would answer with success, and a warning that it skipped the table (01000).
    private static void Privileges(PlanDraft draft, PlanFacts facts, IEnumerable<RelationFacts> tables)
    {
        var refused = tables.Where(table => !facts.MayVacuum(table)).ToList();
        if (refused.Count > 0)
        {
            draft.No(
                "privilege",
                $"{facts.Ground.Role} may not vacuum or analyse {PlanDraft.Names(refused.Select(table => table.Target.ToString()))}: only the table's or the database's owner may{(facts.Major >= 17 ? ", and who has MAINTAIN" : "")}. The server would say VACUUM or ANALYZE and skip it.",
                string.Join("\n", refused.Select(table => facts.Grant(table, maintain: true)).Distinct(StringComparer.Ordinal)));
        }
    }

    private static void SizesOf(PlanDraft draft, PlanFacts facts, IEnumerable<RelationFacts> tables)
    {
        foreach (var table in tables)
        {
            draft.Sizes(table.Bytes, facts.Relations.IndexesOf(table.Oid).Sum(index => index.Facts.Bytes ?? 0), table.Rows, table.DeadRows);
        }
    }
}
