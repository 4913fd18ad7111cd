using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Users, chats and social links of a tenant. Scoped.</summary>
public sealed class PeopleService(ITenantAccess tenants, TenantDatabases databases)
{
    /// <summary>Users of a page.</summary>
    public const int PageSize = 50;

    private const int MostChats = 200;

    /// <summary>A page of users by e-mail, from beyond <paramref name="after"/>; chats and links with it.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">The fence does not hold.</exception>
    /// <exception cref="ContentReasonNeededException">A reason must be stated first.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked or took too long.</exception>
    public async Task<PeopleView> ReadAsync(string? environment, Guid tenant, string? find, PersonLine? after, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        return await databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            async (context, token) =>
            {
                var users = context.Users.AsQueryable();
                if (!string.IsNullOrWhiteSpace(find))
                {
                    var part = $"%{find.Trim().Replace("\0", "", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
                    users = users.Where(one => EF.Functions.ILike(one.Email, part, "\\") || EF.Functions.ILike(one.Name, part, "\\"));
                }

                if (after is { Email: var email, Id: var id })
                {
                    // The server compares, in the order in which it sorts.
#pragma warning disable CA1309
                    users = users.Where(one => string.Compare(one.Email, email) > 0 || (one.Email == email && one.Id.CompareTo(id) > 0));
#pragma warning restore CA1309
                }

                var read = await users.OrderBy(one => one.Email).ThenBy(one => one.Id).Take(PageSize + 1).ToListAsync(token);
                var ids = read.Take(PageSize).Select(one => one.Id).ToList();
                var documents = await context.Documents.Where(one => ids.Contains(one.UserId)).GroupBy(one => one.UserId).Select(group => new { group.Key, Count = group.LongCount() }).ToDictionaryAsync(one => one.Key, one => one.Count, token);
                var sessions = await context.Sessions.Where(one => ids.Contains(one.UserId)).GroupBy(one => one.UserId).Select(group => new { group.Key, Count = group.LongCount() }).ToDictionaryAsync(one => one.Key, one => one.Count, token);
                var chats = await context.HasAsync("chats", token) ? await context.Chats.OrderBy(one => one.Name).ThenBy(one => one.Id).Take(MostChats).ToListAsync(token) : null;
                var links = await context.HasAsync("social_links", token) ? await context.SocialLinks.OrderBy(one => one.Platform).ThenBy(one => one.Id).Take(MostChats).ToListAsync(token) : null;
                return new PeopleView(
                    [.. read.Take(PageSize).Select(one => new PersonLine(one.Id, one.Email, one.Name, one.Role, one.LastLogin, one.CreatedAt, documents.GetValueOrDefault(one.Id), sessions.GetValueOrDefault(one.Id)))],
                    read.Count > PageSize,
                    chats,
                    links);
            },
            cancellationToken);
    }
}
