using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>What a reader's value says, and the question to the catalog, in other words than the reader's, that must say the same.</summary>
/// <param name="Reader">The reader.</param>
/// <param name="Question">One row.</param>
/// <param name="Of">The columns of that row, as the reader has them: texts, or numbers that only grow.</param>
internal sealed record ReaderFigures(IReader Reader, string Question, Func<object, object?[]> Of)
{
    public static ReaderFigures Make<T>(IReader<T> reader, string question, Func<T, object?[]> of)
        where T : class =>
        new(reader, question, value => of((T)value));

    public override string ToString() => Reader.Name;
}
