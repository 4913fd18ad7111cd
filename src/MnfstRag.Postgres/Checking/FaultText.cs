namespace MnfstRag.Postgres.Checking;

/// <summary>Faults are written as what happened, then what helps: here the two are told apart.</summary>
internal static class FaultText
{
    /// <summary>The last sentence is the remedy, all before it the evidence; one sentence alone is evidence.</summary>
    public static CheckOutcome Outcome(Verdict verdict, string words)
    {
        var split = FirstOf(words, ". ");
        return split < 0 ? new(verdict, words, "") : new(verdict, words[..(split + 1)], words[(split + 2)..]);
    }

    private static int FirstOf(string words, string end)
    {
        const string Prefix = "Could not be judged. ";
        return words.IndexOf(end, words.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix.Length : 0, StringComparison.Ordinal);
    }
}
