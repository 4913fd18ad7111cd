namespace MnfstRag.Postgres.Watching;

/// <summary>Readers that failed rest before they are tried again: an error a second would fill the watched server's log.</summary>
internal sealed class ReaderRests(ServerReaderOptions options, TimeProvider time)
{
    private readonly Dictionary<string, Rest> _rests = new(StringComparer.Ordinal);

    /// <summary>The words of the last failure while the reader rests; else null.</summary>
    public string? WordsWhileResting(IReader reader) =>
        _rests.TryGetValue(reader.Name, out var rest) && time.GetUtcNow() < rest.Until ? rest.Words : null;

    /// <summary>It has failed and not succeeded since: it runs last, where its failure takes nobody with it.</summary>
    public bool IsSuspect(IReader reader) => _rests.ContainsKey(reader.Name);

    public void Succeeded(IReader reader) => _rests.Remove(reader.Name);

    public void Failed(IReader reader, string words)
    {
        var length = _rests.TryGetValue(reader.Name, out var earlier) ? earlier.Length * 2 : options.FirstRest;
        length = length < options.LongestRest ? length : options.LongestRest;
        _rests[reader.Name] = new Rest(time.GetUtcNow() + length, length, words);
    }

    private sealed record Rest(DateTimeOffset Until, TimeSpan Length, string Words);
}
