using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Writes what follows the table's name in CREATE INDEX, from columns that the catalog has and values that the server has read.</summary>
internal static class IndexText
{
    /// <summary>The text, or null when the definition cannot be had; the draft says why.</summary>
    public static async Task<string?> OfAsync(PlanDraft draft, PlanFacts facts, IndexDefinition definition, IReadOnlyList<TargetColumn> columns, CancellationToken cancellationToken)
    {
        var before = draft.Reasons.Count;
        var byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        Shape(draft, definition, byName);
        if (draft.Reasons.Count > before)
        {
            return null;
        }

        var trigrams = definition.Parts.Any(part => part.Kind == IndexPartKind.Trigrams) ? await ExtensionFacts.ReadAsync(facts, "pg_trgm", cancellationToken) : null;
        if (definition.Parts.Any(part => part.Kind == IndexPartKind.Trigrams) && trigrams?.Installed is null)
        {
            draft.No("extension", "Trigrams need the extension pg_trgm, which this database does not have.", repair: new CreateExtension("pg_trgm"));
            return null;
        }

        var text = $"USING {MethodOf(definition.Method)} ({string.Join(", ", definition.Parts.Select(part => Key(part, trigrams?.Schema)))})";
        if (!definition.Include.IsDefaultOrEmpty)
        {
            text += $" INCLUDE ({string.Join(", ", definition.Include.Select(SqlName.Of))})";
        }

        if (definition.Where.IsDefaultOrEmpty)
        {
            return text;
        }

        List<string> conditions = [];
        foreach (var predicate in definition.Where)
        {
            if (await ConditionAsync(draft, facts, predicate, byName[predicate.Column], cancellationToken) is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
        }

        return $"{text} WHERE {string.Join(" AND ", conditions)}";
    }

    /// <summary>The access method's name.</summary>
    public static string MethodOf(IndexMethod method) => method switch
    {
        IndexMethod.Hash => "hash",
        IndexMethod.Gin => "gin",
        IndexMethod.Gist => "gist",
        IndexMethod.Brin => "brin",
        _ => "btree",
    };

    private static void Shape(PlanDraft draft, IndexDefinition definition, Dictionary<string, TargetColumn> columns)
    {
        if (definition.Parts.IsDefaultOrEmpty)
        {
            draft.No("definition", "The index needs a column.");
            return;
        }

        var include = definition.Include.IsDefault ? [] : definition.Include;
        var where = definition.Where.IsDefault ? [] : definition.Where;
        foreach (var name in definition.Parts.Select(part => part.Column).Concat(include).Concat(where.Select(one => one.Column)).Where(name => !columns.ContainsKey(name)).Distinct(StringComparer.Ordinal))
        {
            draft.No("column", $"The table has no column {SqlName.Of(name)}.");
        }

        if (definition.Parts.Length + include.Length > 32)
        {
            draft.No("definition", "An index has 32 columns at most.");
        }

        if (definition.Unique && definition.Method != IndexMethod.BTree)
        {
            draft.No("definition", "Only a B-tree can be unique.");
        }

        if (include.Length > 0 && definition.Method is not (IndexMethod.BTree or IndexMethod.Gist))
        {
            draft.No("definition", "INCLUDE goes with B-tree and GiST alone.");
        }

        if (definition.Method == IndexMethod.Hash && definition.Parts.Length > 1)
        {
            draft.No("definition", "A hash index has one column.");
        }

        foreach (var part in definition.Parts)
        {
            Part(draft, definition.Method, part, columns.GetValueOrDefault(part.Column));
        }
    }

    private static void Part(PlanDraft draft, IndexMethod method, IndexPart part, TargetColumn? column)
    {
        if (part.Kind != IndexPartKind.Column && method != IndexMethod.Gin)
        {
            draft.No("definition", $"Words and trigrams of {SqlName.Of(part.Column)} go into a GIN index.");
        }

        if ((part.Descending || part.NullsFirst is not null) && method != IndexMethod.BTree)
        {
            draft.No("definition", "Only a B-tree has an order.");
        }

        if (column is null)
        {
            return;
        }

        if (part.Kind != IndexPartKind.Column && !column.IsText)
        {
            draft.No("definition", $"{SqlName.Of(column.Name)} is {column.Type}, not a text.");
        }

        if (part.Kind == IndexPartKind.Column && !column.Methods.Contains(method))
        {
            draft.No("definition", $"PostgreSQL has no {MethodOf(method)} index for {SqlName.Of(column.Name)} of type {column.Type} by default{(method == IndexMethod.Gin && column.TakesValue ? "; the extension btree_gin brings some" : "")}.");
        }
    }

    private static string Key(IndexPart part, string? trigrams) => part.Kind switch
    {
        IndexPartKind.EnglishText => $"to_tsvector('english', {SqlName.Of(part.Column)})",
        IndexPartKind.Trigrams => $"{SqlName.Of(part.Column)} {SqlName.Of(trigrams!, "gin_trgm_ops")}",
        _ => $"{SqlName.Of(part.Column)}{(part.Descending ? " DESC" : "")}{part.NullsFirst switch { true => " NULLS FIRST", false => " NULLS LAST", null => "" }}",
    };

    private static async Task<string?> ConditionAsync(PlanDraft draft, PlanFacts facts, IndexPredicate predicate, TargetColumn column, CancellationToken cancellationToken)
    {
        var name = SqlName.Of(predicate.Column);
        switch (predicate.Operator)
        {
            case PredicateOperator.IsNull:
                return $"{name} IS NULL";
            case PredicateOperator.IsNotNull:
                return $"{name} IS NOT NULL";
        }

        if (!column.TakesValue)
        {
            draft.No("condition", $"{name} of type {column.Type} cannot be compared with a value here.");
            return null;
        }

        var literal = predicate.Value is null || predicate.Value.Contains('\0', StringComparison.Ordinal)
            ? null
            : await ColumnReader.LiteralAsync(facts.Connection, facts.Options, column.Type, predicate.Value, cancellationToken);
        if (literal is null)
        {
            draft.No("condition", $"The value for {name} cannot be read as {column.Type}.");
            return null;
        }

        return $"{name} {Sign(predicate.Operator)} {literal}";
    }

    private static string Sign(PredicateOperator compared) => compared switch
    {
        PredicateOperator.NotEqual => "<>",
        PredicateOperator.Less => "<",
        PredicateOperator.LessOrEqual => "<=",
        PredicateOperator.Greater => ">",
        PredicateOperator.GreaterOrEqual => ">=",
        _ => "=",
    };
}
