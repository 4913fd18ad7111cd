using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live;

/// <summary>
/// What pages work out of history beside a reading, once for all viewers: whoever asks within the same minute, of the same reading, gets the
/// same answer. Forgotten with the reading. Checks no permission: services do, before they ask. Singleton.
/// </summary>
public sealed class SharedPast(TimeProvider clock)
{
    /// <summary>Of one reading: more are worked out and not kept, so that nobody fills the memory by choosing stretches.</summary>
    private const int MostKept = 64;

    /// <summary>A reading is in the store after the first of these; texts of new statements after the second at the latest.</summary>
    private static readonly TimeSpan[] Written = [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12)];

    private readonly ConditionalWeakTable<object, ConcurrentDictionary<Question, Lazy<Task>>> _answers = [];

    /// <summary>The answer to <paramref name="ask"/>, of this call or of one before.</summary>
    /// <param name="held">What is shown beside it; null: nothing is shared.</param>
    /// <param name="range">What is asked about; with the type of the answer it makes the question.</param>
    /// <param name="ask">Asks; not under the caller's token, since others may wait for it too.</param>
    /// <param name="keep">Whether an answer is good for others: not when it tells of a fault.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async Task<TAnswer> OnceAsync<TReading, TAnswer>(
        Held<TReading>? held, TimeRange range, Func<Task<TAnswer>> ask, Predicate<TAnswer> keep, CancellationToken cancellationToken = default)
        where TReading : class
        where TAnswer : class
    {
        if (held is null)
        {
            return await ask().WaitAsync(cancellationToken);
        }

        var answers = _answers.GetOrCreateValue(held.Value);
        var age = clock.GetUtcNow() - held.ReadAt;
        var question = new Question(typeof(TAnswer), Minute(range.From), Minute(range.To), Written.Count(after => age >= after));
        if (answers.Count >= MostKept && !answers.ContainsKey(question))
        {
            return await ask().WaitAsync(cancellationToken);
        }

        // Off the asking circuit: it may go while others still wait.
        var answer = answers.GetOrAdd(question, _ => new Lazy<Task>(() => Task.Run(ask)));
        try
        {
            var given = await ((Task<TAnswer>)answer.Value).WaitAsync(cancellationToken);
            if (!keep(given))
            {
                answers.TryRemove(KeyValuePair.Create(question, answer));
            }

            return given;
        }
        catch when (answer.Value is { IsCompleted: true, IsCompletedSuccessfully: false })
        {
            answers.TryRemove(KeyValuePair.Create(question, answer));
            throw;
        }
    }

    private static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Question(Type Answer, long From, long To, int Written);
}
