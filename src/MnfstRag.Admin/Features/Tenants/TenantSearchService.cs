using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Search over what was said in a tenant, and over the names of its documents. Scoped.</summary>
public sealed class TenantSearchService(ITenantAccess tenants, TenantDatabases databases)
{
    /// <summary>Messages that are shown.</summary>
    public const int MostMessages = 50;

    private const int MostDocuments = 10;
    private const string Open = "\u0002";
    private const string Close = "\u0003";
    private static readonly string Headline = $"StartSel={Open}, StopSel={Close}, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=\" … \"";

    /// <summary>The newest messages with these words, and documents with them in their name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">The fence does not hold.</exception>
    /// <exception cref="ContentReasonNeededException">A reason must be stated first.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked or took too long.</exception>
    public async Task<FoundInTenant> SearchAsync(string? environment, Guid tenant, string words, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        var sought = words.Trim() is { Length: > 200 } all ? all[..200] : words.Trim();
        await tenants.RecordAsync(scope, $"search for \"{sought}\"", cancellationToken);
        var began = Stopwatch.GetTimestamp();
        return await databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            async (context, token) =>
            {
                var filter = new Dictionary<string, object?>(StringComparer.Ordinal) { ["find"] = sought.Replace('\0', ' ') };
                var messages = await context.PageAsync("search_messages", filter, MostMessages + 1, token);
                var documents = await context.PageAsync("search_documents", filter, MostDocuments, token);
                var shown = await MessagesAsync(context, messages.Take(MostMessages).ToList(), (string)filter["find"]!, token);
                return new FoundInTenant(sought, shown, await DocumentsService.LinesAsync(context, documents, token), messages.Count > MostMessages, Stopwatch.GetElapsedTime(began));
            },
            cancellationToken);
    }

    // Of each message the beginning is looked through for the place: a text may be of any length.
    private static async Task<IReadOnlyList<FoundMessage>> MessagesAsync(TenantContext context, List<Guid> ids, string words, CancellationToken cancellationToken)
    {
        var rows = await context.Database.SqlQuery<MessageHit>($"""
            SELECT m.id AS "Id", m.session_id AS "SessionId", m.role AS "Role", m."timestamp" AS "At",
              pg_catalog.ts_headline('english', pg_catalog."left"(pg_catalog.translate(m.content, pg_catalog.chr(2) || pg_catalog.chr(3), ''), 20000), pg_catalog.websearch_to_tsquery('english', {words}), {Headline}) AS "Headline"
            FROM mnfst_admin.messages AS m WHERE m.id = ANY ({ids.ToArray()})
            """).ToListAsync(cancellationToken);
        var found = rows.ToDictionary(one => one.Id);
        var sessions = rows.Select(one => one.SessionId).Distinct().ToList();
        var titles = await context.Sessions.Where(one => sessions.Contains(one.Id)).Select(one => new { one.Id, one.Title }).ToDictionaryAsync(one => one.Id, one => one.Title, cancellationToken);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id]).Select(one => new FoundMessage(one.Id, one.SessionId, titles.GetValueOrDefault(one.SessionId, ""), one.Role, one.At, Parts(one.Headline)))];
    }

    private static List<string> Parts(string headline)
    {
        var parts = new List<string>();
        foreach (var piece in headline.Split(Open))
        {
            if (parts.Count == 0)
            {
                parts.Add(piece);
                continue;
            }

            var end = piece.IndexOf(Close, StringComparison.Ordinal);
            parts.Add(end < 0 ? piece : piece[..end]);
            parts.Add(end < 0 ? "" : piece[(end + 1)..]);
        }

        return parts;
    }

    private sealed class MessageHit
    {
        public Guid Id { get; init; }

        public Guid SessionId { get; init; }

        public string Role { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public string Headline { get; init; } = "";
    }
}
