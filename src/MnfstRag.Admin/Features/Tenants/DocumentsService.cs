using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>The documents of one tenant: pages of a list, counts, one document. Scoped.</summary>
public sealed class DocumentsService(ITenantAccess tenants, IAccess access, TenantDatabases databases)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Counted exactly up to this.</summary>
    public const int Exactly = 10_000;

    private const int MostUploaders = 500;

    /// <summary>A page, the newest first.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">The fence does not hold.</exception>
    /// <exception cref="ContentReasonNeededException">A reason must be stated first.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked or took too long.</exception>
    public async Task<DocumentsView> PageAsync(string? environment, Guid tenant, DocumentFilter filter, PageCursor? cursor, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        var began = Stopwatch.GetTimestamp();
        var read = await databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            async (context, token) =>
            {
                var sought = (cursor ?? new PageCursor(null, null)).In(filter.ToFence());
                var ids = await context.PageAsync("page_documents", sought, PageSize + 1, token);
                return await LinesAsync(context, ids, token);
            },
            cancellationToken);
        var page = PageOf<DocumentLine>.From(read, cursor, PageSize, line => (line.CreatedAt, line.Id));
        return new DocumentsView(
            page,
            Stopwatch.GetElapsedTime(began),
            await access.MayAsync(Permissions.ChangeTenants, cancellationToken),
            await access.MayAsync(Permissions.TransferTenants, cancellationToken));
    }

    /// <summary>How many match. Exactly up to <see cref="Exactly"/>, beyond it with the planner's estimate.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<CappedCount> CountAsync(string? environment, Guid tenant, DocumentFilter filter, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        return await databases.ReadAsync(scope.EnvironmentId, scope.OneTenant, (context, token) => context.CountDocumentsAsync(filter.ToFence(), Exactly, token), cancellationToken);
    }

    /// <summary>What may be filtered by.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<DocumentFacets> FacetsAsync(string? environment, Guid tenant, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        return await databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            async (context, token) =>
            {
                var types = await context.Documents.GroupBy(one => one.MimeType).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key).Take(50).ToListAsync(token);
                var uploaders = await context.Users.OrderBy(one => one.Email).ThenBy(one => one.Id).Select(one => new { one.Id, one.Email }).Take(MostUploaders).ToListAsync(token);
                return new DocumentFacets(types, [.. uploaders.Select(one => (one.Id, one.Email))]);
            },
            cancellationToken);
    }

    /// <summary>One document; null when there is none of that identity in the tenant.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<DocumentLine?> FindAsync(string? environment, Guid tenant, Guid document, CancellationToken cancellationToken = default)
    {
        var scope = (await tenants.RequireAsync(Permissions.ReadTenants, environment, tenant, cancellationToken)).WithContent();
        var found = await databases.ReadAsync(scope.EnvironmentId, scope.OneTenant, (context, token) => LinesAsync(context, [document], token), cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>In the order of <paramref name="ids"/>. A join with a barrier view would read the whole tenant: uploaders are asked for apart.</summary>
    internal static async Task<List<DocumentLine>> LinesAsync(TenantContext context, List<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = await context.Documents.Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, cancellationToken);
        var users = rows.Values.Select(one => one.UserId).Distinct().ToList();
        var emails = await context.Users.Where(one => users.Contains(one.Id)).Select(one => new { one.Id, one.Email }).ToDictionaryAsync(one => one.Id, one => one.Email, cancellationToken);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id]).Select(one => new DocumentLine(
            one.Id, one.OriginalName, one.Filename, one.Size, one.MimeType, one.Status, one.Error, one.UserId, emails.GetValueOrDefault(one.UserId), one.CreatedAt, one.UpdatedAt, one.ProcessedAt))];
    }
}
