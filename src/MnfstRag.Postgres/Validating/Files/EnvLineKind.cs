namespace MnfstRag.Postgres.Validating;

/// <summary>What one statement of a .env file is.</summary>
public enum EnvLineKind
{
    /// <summary>White space at the end of the file.</summary>
    Blank,

    /// <summary>A line that begins with #.</summary>
    Comment,

    /// <summary><c>KEY=value</c>, with or without <c>export</c>.</summary>
    Assignment,

    /// <summary>A key without an equals sign: python-dotenv knows the key, and gives it no value.</summary>
    BareKey,

    /// <summary>python-dotenv skips it with a line in its log.</summary>
    Unreadable,
}
