using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Sessions of a tenant and what was said in them. Scoped.</summary>
public sealed class ConversationsService(ITenantAccess tenants, TenantDatabases databases)
{
    /// <summary>Sessions of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Messages of a part of a transcript.</summary>
    public const int PartSize = 60;

    /// <summary>Characters of a message that are read at first.</summary>
    public const int Beginning = 4_000;

    /// <summary>Characters of a message that are read when all of it is asked for.</summary>
    public const int Longest = 60_000;

    /// <summary>A page of sessions, the last used first.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">The fence does not hold.</exception>
    /// <exception cref="ContentReasonNeededException">A reason must be stated first.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked or took too long.</exception>
    public async Task<PageOf<SessionLine>> PageAsync(string? environment, Guid tenant, SessionFilter filter, PageCursor? cursor, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        var read = await databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            async (context, token) =>
            {
                var sought = (cursor ?? new PageCursor(null, null)).In(new(StringComparer.Ordinal) { ["user"] = filter.User, ["chat"] = filter.Chat });
                return await LinesAsync(context, await context.PageAsync("page_sessions", sought, PageSize + 1, token), token);
            },
            cancellationToken);
        return PageOf<SessionLine>.From(read, cursor, PageSize, line => (line.UpdatedAt, line.Id));
    }

    /// <summary>
    /// Messages of a session: the first ones, those around <paramref name="message"/>, or those beyond a line of a part that is shown. Null when the
    /// tenant has no such session.
    /// </summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<Transcript?> ReadAsync(string? environment, Guid tenant, Guid session, Guid? message, TranscriptLine? beyond = null, bool earlier = false, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        await tenants.RecordAsync(scope, $"transcript of session {session}", cancellationToken);
        return await databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            async (context, token) =>
            {
                if ((await LinesAsync(context, [session], token)) is not [var line])
                {
                    return null;
                }

                if (beyond is not null)
                {
                    return await PartAsync(context, line, (beyond.At, beyond.Id), earlier, token);
                }

                var named = message is { } id
                    ? await context.Messages.Where(one => one.Id == id && one.SessionId == session).Select(one => new { one.Timestamp, one.Id }).SingleOrDefaultAsync(token)
                    : null;
                if (named is null)
                {
                    return await PartAsync(context, line, null, earlier: false, token);
                }

                var before = await PartAsync(context, line, (named.Timestamp, named.Id), earlier: true, token, PartSize / 2);
                var after = await PartAsync(context, line, before.Lines is [.., var last] ? (last.At, last.Id) : null, earlier: false, token, PartSize / 2);
                return new Transcript(line, [.. before.Lines, .. after.Lines], before.Earlier, after.Later);
            },
            cancellationToken);
    }

    /// <summary>More of a long message; null when the tenant has no such message.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<TranscriptLine?> MessageAsync(string? environment, Guid tenant, Guid message, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        await tenants.RecordAsync(scope, $"message {message}", cancellationToken);
        return await databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            async (context, token) => (await Cut(context.Messages.Where(one => one.Id == message), Longest).ToListAsync(token)).SingleOrDefault(),
            cancellationToken);
    }

    /// <summary>In the order of <paramref name="ids"/>.</summary>
    private static async Task<List<SessionLine>> LinesAsync(TenantContext context, List<Guid> ids, CancellationToken cancellationToken)
    {
        var hasChats = await context.HasAsync("chats", cancellationToken);
        var rows = await context.Sessions.Where(one => ids.Contains(one.Id))
            .Select(one => new { one.Id, one.Title, one.UserId, one.CreatedAt, one.UpdatedAt }).ToDictionaryAsync(one => one.Id, cancellationToken);
        var chats = hasChats ? await context.Sessions.Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.ChatId }).ToDictionaryAsync(one => one.Id, one => one.ChatId, cancellationToken) : [];
        var chatIds = chats.Values.Distinct().ToList();
        var names = hasChats ? await context.Chats.Where(one => chatIds.Contains(one.Id)).Select(one => new { one.Id, one.Name }).ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken) : [];
        var users = rows.Values.Select(one => one.UserId).Distinct().ToList();
        var emails = await context.Users.Where(one => users.Contains(one.Id)).Select(one => new { one.Id, one.Email }).ToDictionaryAsync(one => one.Id, one => one.Email, cancellationToken);
        var counts = await context.Messages.Where(one => ids.Contains(one.SessionId)).GroupBy(one => one.SessionId).Select(group => new { group.Key, Count = group.LongCount() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(one => new SessionLine(
            one.Id,
            one.Title,
            one.UserId,
            emails.GetValueOrDefault(one.UserId),
            chats.TryGetValue(one.Id, out var chat) ? names.GetValueOrDefault(chat) : null,
            chats.TryGetValue(one.Id, out var chatId) ? chatId : null,
            counts.GetValueOrDefault(one.Id),
            one.CreatedAt,
            one.UpdatedAt))];
    }

    // The message itself belongs to the part before: what comes after it begins beyond it.
    private static async Task<Transcript> PartAsync(TenantContext context, SessionLine session, (DateTimeOffset At, Guid Id)? beyond, bool earlier, CancellationToken cancellationToken, int size = PartSize)
    {
        var all = context.Messages.Where(one => one.SessionId == session.Id);
        if (beyond is { } edge)
        {
            var (at, id) = (edge.At.ToUniversalTime(), edge.Id);
            all = earlier
                ? all.Where(one => one.Timestamp < at || (one.Timestamp == at && one.Id.CompareTo(id) <= 0))
                : all.Where(one => one.Timestamp > at || (one.Timestamp == at && one.Id.CompareTo(id) > 0));
        }

        var ordered = earlier ? all.OrderByDescending(one => one.Timestamp).ThenByDescending(one => one.Id) : all.OrderBy(one => one.Timestamp).ThenBy(one => one.Id);
        var read = await Cut(ordered.Take(size + 1), Beginning).ToListAsync(cancellationToken);
        var lines = read.Take(size).ToList();
        if (earlier)
        {
            lines.Reverse();
        }

        var more = read.Count > size;
        return new Transcript(session, lines, earlier ? more : beyond is not null, earlier ? true : more);
    }

    private static IQueryable<TranscriptLine> Cut(IQueryable<MessageRow> rows, int characters) => rows.Select(one => new TranscriptLine(
        one.Id, one.Role, one.Timestamp, one.Content.Substring(0, characters), TenantContext.Bytes(one.Content), TenantContext.Bytes(one.Content) <= characters));
}
