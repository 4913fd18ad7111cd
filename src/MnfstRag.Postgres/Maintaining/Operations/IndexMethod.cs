using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Access method of an index that can be made here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IndexMethod>))]
public enum IndexMethod
{
    /// <summary>btree: equality, ranges and order.</summary>
    BTree,

    /// <summary>hash: equality alone, of one column.</summary>
    Hash,

    /// <summary>gin: words of a text, elements of an array, keys of a jsonb.</summary>
    Gin,

    /// <summary>gist: ranges and geometry.</summary>
    Gist,

    /// <summary>brin: large tables whose rows lie in the order of the column.</summary>
    Brin,
}
