using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>How a column is compared in the condition of a partial index.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PredicateOperator>))]
public enum PredicateOperator
{
    /// <summary>=</summary>
    Equal,

    /// <summary>&lt;&gt;</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>IS NULL; takes no value.</summary>
    IsNull,

    /// <summary>IS NOT NULL; takes no value.</summary>
    IsNotNull,
}
