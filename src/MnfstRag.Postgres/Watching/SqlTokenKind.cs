namespace MnfstRag.Postgres.Watching;

/// <summary>What a piece of SQL text is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Whitespace.</summary>
    Space,

    /// <summary>A keyword or an unquoted name.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A string of any form, a number, or text that cannot be told from one.</summary>
    Literal,

    /// <summary><c>$1</c>.</summary>
    Parameter,

    /// <summary><c>-- …</c>, without its line break.</summary>
    LineComment,

    /// <summary><c>/* … */</c>, nested ones included.</summary>
    BlockComment,

    /// <summary>Any other single character.</summary>
    Symbol,
}
