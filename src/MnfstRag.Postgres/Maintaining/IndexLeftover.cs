using System.Text.RegularExpressions;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Recognises what concurrent index commands leave behind when they are interrupted.</summary>
public static partial class IndexLeftover
{
    /// <summary>
    /// The kind of leftover, or null: an index that is valid, or is being built at this moment, is none whatever its name.
    /// </summary>
    /// <param name="name">As <c>pg_class.relname</c>; PostgreSQL shortens it to 63 bytes and may add digits to the suffix.</param>
    /// <param name="valid"><c>pg_index.indisvalid</c>.</param>
    /// <param name="inProgress">Whether <c>pg_stat_progress_create_index</c> (since 12) names it.</param>
    public static IndexLeftoverKind? Of(string name, bool valid, bool inProgress)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (valid || inProgress)
            return null;
        var suffix = Suffix().Match(name);
        if (!suffix.Success)
            return IndexLeftoverKind.Invalid;
        return suffix.Groups["half"].ValueSpan.SequenceEqual("new")
            ? IndexLeftoverKind.UnfinishedRebuild
            : IndexLeftoverKind.ReplacedByRebuild;
    }

    [GeneratedRegex("_cc(?<half>new|old)[0-9]*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Suffix();
}
