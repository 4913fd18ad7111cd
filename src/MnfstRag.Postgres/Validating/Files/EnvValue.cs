namespace MnfstRag.Postgres.Validating;

/// <summary>A key's value after its references are resolved. Never log or render it: it may be a secret.</summary>
/// <param name="Text">The value; unresolved references are left out of it.</param>
/// <param name="Line">The line that set it, from 1.</param>
/// <param name="Unresolved">Names that nothing above gives a value.</param>
internal sealed record EnvValue(string Text, int Line, IReadOnlyList<string> Unresolved)
{
    /// <summary>The whole value is known.</summary>
    public bool IsKnown => Unresolved.Count == 0;

    /// <summary>The line alone.</summary>
    public override string ToString() => $"value of line {Line}";
}
