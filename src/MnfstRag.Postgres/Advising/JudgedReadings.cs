using System.Runtime.CompilerServices;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Findings of slow readings, judged once for each reading: a reading is held over many ticks, and every tick asks.</summary>
internal sealed class JudgedReadings
{
    private readonly ConditionalWeakTable<object, IReadOnlyList<Finding>> _judged = [];

    /// <summary>What <paramref name="rules"/> find in the newest reading of <paramref name="reader"/>, as of when it was read; nothing before the first.</summary>
    public IReadOnlyList<Finding> Of<T>(ServerView view, IReader<T> reader, Func<T, IEnumerable<Finding>> rules)
        where T : class =>
        view.Slow.Of(reader) is { } held
            ? _judged.GetValue(held.Value, reading => [.. rules((T)reading).Select(finding => finding with { AsOf = held.ReadAt })])
            : [];
}
