using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What of a column an index holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IndexPartKind>))]
public enum IndexPartKind
{
    /// <summary>The column.</summary>
    Column,

    /// <summary><c>to_tsvector('english', column)</c>, as the product searches (GIN).</summary>
    EnglishText,

    /// <summary>The column's trigrams, <c>gin_trgm_ops</c> (GIN, needs pg_trgm).</summary>
    Trigrams,
}
