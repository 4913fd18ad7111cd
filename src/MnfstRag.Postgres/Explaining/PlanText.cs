using System.Globalization;
using System.Text;

namespace MnfstRag.Postgres.Explaining;

/// <summary>A plan as EXPLAIN writes it in its text form (14–18): to be pasted into a ticket or a plan viewer.</summary>
internal static class PlanText
{
    /// <summary>One line a node, its conditions below it; literals stay masked.</summary>
    public static string Write(PlanNode root)
    {
        var text = new StringBuilder();
        Write(text, root, 0);
        return text.ToString();
    }

    /// <param name="text">Grows.</param>
    /// <param name="node">The node.</param>
    /// <param name="indent">Of it, in steps of two spaces, as PostgreSQL's explain.c counts them.</param>
    private static void Write(StringBuilder text, PlanNode node, int indent)
    {
        if (node.Part is { } part)
        {
            Line(text, indent++).Append(part);
        }

        if (indent > 0)
        {
            Line(text, indent).Append("->  ");
            indent += 2;
        }

        text.Append(CultureInfo.InvariantCulture, $"{Name(node)}  (cost={node.StartupCost:0.00}..{node.TotalCost:0.00} rows={node.Rows:0} width={node.Width})");
        foreach (var (label, condition) in node.Conditions)
        {
            Line(text, indent + 1).Append(label).Append(": ").Append(condition);
        }

        foreach (var child in node.Children)
        {
            Write(text, child, indent + 1);
        }
    }

    private static StringBuilder Line(StringBuilder text, int indent) => text.Append('\n').Append(' ', 2 * indent);

    private static string Name(PlanNode node)
    {
        var name = Kind(node.Type);
        if (node.Index is { } index)
        {
            // A bitmap index scan reads the index and no table.
            name += node.Relation is null ? $" on {index}" : $" using {index}";
        }

        return (node.Relation, node.Alias) switch
        {
            ({ } relation, { } alias) => $"{name} on {relation} {alias}",
            ({ } relation, null) => $"{name} on {relation}",
            (null, { } alias) => $"{name} on {alias}",
            _ => name,
        };
    }

    /// <summary>"Hash Join (Left)" is "Hash Left Join" there, and "ModifyTable (Delete)" "Delete".</summary>
    private static string Kind(string type)
    {
        var at = type.IndexOf(" (", StringComparison.Ordinal);
        if (at < 0)
        {
            return type;
        }

        var (kind, which) = (type[..at], type[(at + 2)..^1]);
        return kind == "ModifyTable" ? which
            : kind.EndsWith(" Join", StringComparison.Ordinal) ? $"{kind[..^5]} {which} Join"
            : kind == "Nested Loop" ? $"{kind} {which} Join"
            : type;
    }
}
