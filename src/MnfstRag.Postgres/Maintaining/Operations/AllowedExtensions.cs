using System.Collections.Frozen;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>The extensions that may be created and updated from here: each serves watching or the product's own indexes.</summary>
public static class AllowedExtensions
{
    /// <summary>Name to what it is for.</summary>
    public static FrozenDictionary<string, string> Purposes { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["pg_stat_statements"] = "Load by statement. Must be in shared_preload_libraries too.",
        ["pg_trgm"] = "Indexes for parts of words (LIKE '%…%').",
        ["btree_gin"] = "GIN indexes that begin with tenant_id.",
        ["pgstattuple"] = "Measures empty space exactly; reads the whole table.",
        ["hypopg"] = "Tries indexes without building them.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>It is on the list.</summary>
    public static bool Contains(string name) => Purposes.ContainsKey(name);
}
