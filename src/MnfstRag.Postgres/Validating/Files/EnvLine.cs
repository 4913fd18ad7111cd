namespace MnfstRag.Postgres.Validating;

/// <summary>
/// One statement of a .env file with all its characters: <c>Prefix + Raw + Suffix</c> is what stood there, blank lines before it
/// included. Never log or render it: the value may be a secret.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its line, from 1.</param>
/// <param name="Prefix">Everything up to the value.</param>
/// <param name="Raw">The value as written, quotes included; empty where there is none.</param>
/// <param name="Suffix">Everything after the value: the comment and the line's end.</param>
/// <param name="Key">The key; null for comments, blanks and what cannot be read.</param>
/// <param name="Value">The value as python-dotenv reads it, before references are resolved; null without an equals sign.</param>
/// <param name="IsExported"><c>export</c> stands before the key.</param>
public sealed record EnvLine(
    EnvLineKind Kind, int Number, string Prefix, string Raw, string Suffix, string? Key = null, string? Value = null, bool IsExported = false)
{
    /// <summary>What stood in the file.</summary>
    public string Text => Prefix + Raw + Suffix;

    /// <summary>Kind, line and key: never the value.</summary>
    public override string ToString() => $"{Kind} at line {Number}";
}
