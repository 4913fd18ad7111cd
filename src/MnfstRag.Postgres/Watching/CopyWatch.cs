namespace MnfstRag.Postgres.Watching;

/// <summary>Notices the end of a <c>COPY … FROM STDIN</c> statement: a script may carry the rows themselves behind it.</summary>
internal readonly record struct CopyWatch(CopyWatch.Stage At)
{
    internal enum Stage
    {
        StatementStart,
        Other,
        Copy,
        CopyFromStdin,
        Data,
    }

    public static CopyWatch Start => new(Stage.StatementStart);

    public bool DataFollows => At == Stage.Data;

    public CopyWatch After(SqlTokenKind kind, ReadOnlySpan<char> token) => kind switch
    {
        SqlTokenKind.Space or SqlTokenKind.LineComment or SqlTokenKind.BlockComment => this,
        SqlTokenKind.Symbol when token[0] == ';' => At == Stage.CopyFromStdin ? new(Stage.Data) : Start,
        SqlTokenKind.Word when At == Stage.StatementStart => new(token.Equals("copy", StringComparison.OrdinalIgnoreCase) ? Stage.Copy : Stage.Other),
        SqlTokenKind.Word when At == Stage.Copy && token.Equals("stdin", StringComparison.OrdinalIgnoreCase) => new(Stage.CopyFromStdin),
        _ => At == Stage.StatementStart ? new(Stage.Other) : this,
    };
}
