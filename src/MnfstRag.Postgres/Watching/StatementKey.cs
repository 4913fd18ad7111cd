using System.Globalization;
using System.Runtime.InteropServices;

namespace MnfstRag.Postgres.Watching;

/// <summary>What tells one entry of pg_stat_statements from another.</summary>
/// <param name="QueryId"><c>queryid</c>: differs between major versions.</param>
/// <param name="DatabaseId"><c>dbid</c>.</param>
/// <param name="UserId"><c>userid</c>.</param>
/// <param name="TopLevel"><c>toplevel</c> (extension 1.9); always true below it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StatementKey(long QueryId, uint DatabaseId, uint UserId, bool TopLevel)
{
    /// <summary>As history and links have it: "3141592:16384:10:t".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{QueryId}:{DatabaseId}:{UserId}:{(TopLevel ? 't' : 'n')}");

    /// <summary>Reads <see cref="ToString"/>; null when it is none.</summary>
    public static StatementKey? Parse(string? text) =>
        text?.Split(':') is [var query, var database, var user, "t" or "n"] parts
            && long.TryParse(query, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var queryId)
            && uint.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out var databaseId)
            && uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
            ? new StatementKey(queryId, databaseId, userId, parts[3] == "t")
            : null;
}
