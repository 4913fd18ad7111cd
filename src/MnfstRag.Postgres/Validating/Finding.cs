namespace MnfstRag.Postgres.Validating;

/// <summary>One thing about one key. Neither words ever repeat a secret.</summary>
/// <param name="Key">The key; "line 12" where no key can be named, "file" for the file as a whole.</param>
/// <param name="Rule">The rule's stable name, in kebab-case.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Message">What is, and so what.</param>
/// <param name="Remedy">What to do; empty where nothing is to be done.</param>
public sealed record Finding(string Key, string Rule, FindingLevel Level, string Message, string Remedy)
{
    /// <summary>Will not work, or is unsafe.</summary>
    internal static Finding Error(string key, string rule, string message, string remedy) => new(key, rule, FindingLevel.Error, message, remedy);

    /// <summary>Works, and is not advised.</summary>
    internal static Finding Warning(string key, string rule, string message, string remedy) => new(key, rule, FindingLevel.Warning, message, remedy);

    /// <summary>Worth knowing.</summary>
    internal static Finding Note(string key, string rule, string message, string remedy = "") => new(key, rule, FindingLevel.Note, message, remedy);
}
