using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Postgres.Fencing;
using Npgsql;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>
/// The fence's views over a watched product, for one tenant at a time. It knows no tenant: the transaction that it is lent for names it.
/// Pooled, read only, nothing is tracked.
/// </summary>
public sealed class TenantContext(DbContextOptions<TenantContext> options) : DbContext(options)
{
    /// <summary>The schema of the views.</summary>
    public const string Schema = "mnfst_admin";

    public DbSet<TenantRow> Tenants => Set<TenantRow>();

    public DbSet<TenantUserRow> Users => Set<TenantUserRow>();

    public DbSet<DocumentRow> Documents => Set<DocumentRow>();

    public DbSet<ChatRow> Chats => Set<ChatRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<MessageRow> Messages => Set<MessageRow>();

    public DbSet<SocialLinkRow> SocialLinks => Set<SocialLinkRow>();

    /// <summary>Bytes of a text, without reading it (<c>octet_length</c>). In queries only.</summary>
    public static int Bytes(string text) => throw new NotSupportedException("Only in a query.");

    /// <summary>Whether the product has such a table, and so the fence such a view.</summary>
    public async Task<bool> HasAsync(string view, CancellationToken cancellationToken) =>
        await Database.SqlQuery<bool>($"SELECT pg_catalog.to_regclass({$"{Schema}.{view}"}) IS NOT NULL AS \"Value\"").SingleAsync(cancellationToken);

    /// <summary>Identities of a page, from one of the fence's functions; <paramref name="filter"/> is what the function reads.</summary>
    public async Task<List<Guid>> PageAsync(string function, IReadOnlyDictionary<string, object?> filter, int atMost, CancellationToken cancellationToken) => function switch
    {
        "page_documents" => await Database.SqlQuery<Guid>($"SELECT f AS \"Value\" FROM mnfst_admin.page_documents({Json(filter)}::jsonb, {atMost}) AS f").ToListAsync(cancellationToken),
        "page_sessions" => await Database.SqlQuery<Guid>($"SELECT f AS \"Value\" FROM mnfst_admin.page_sessions({Json(filter)}::jsonb, {atMost}) AS f").ToListAsync(cancellationToken),
        "search_documents" => await Database.SqlQuery<Guid>($"SELECT f AS \"Value\" FROM mnfst_admin.search_documents({(string)filter["find"]!}, {atMost}) AS f").ToListAsync(cancellationToken),
        "search_messages" => await Database.SqlQuery<Guid>($"SELECT f AS \"Value\" FROM mnfst_admin.search_messages({(string)filter["find"]!}, {atMost}) AS f").ToListAsync(cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "The fence has no such function."),
    };

    /// <summary>How many documents match: exactly up to <paramref name="exactly"/>, beyond that the planner's estimate too.</summary>
    public async Task<CappedCount> CountDocumentsAsync(IReadOnlyDictionary<string, object?> filter, int exactly, CancellationToken cancellationToken) =>
        await Database.SqlQuery<CappedCount>($"SELECT c.counted AS \"Counted\", c.estimated AS \"Estimated\" FROM mnfst_admin.count_documents({Json(filter)}::jsonb, {exactly}) AS c").SingleAsync(cancellationToken);

    /// <summary>Sets the status of documents of the tenant, at most 1,000; the identities of those that it changed.</summary>
    public async Task<List<Guid>> SetStatusAsync(Guid[] documents, string? expected, string wanted, CancellationToken cancellationToken) =>
        await Database.SqlQuery<Guid>($"SELECT f AS \"Value\" FROM mnfst_admin.set_document_status({documents}, {expected}::text, {wanted}) AS f").ToListAsync(cancellationToken);

    /// <summary>Id of this transaction (xid8); null while it has written nothing.</summary>
    public async Task<string?> TransactionAsync(CancellationToken cancellationToken) =>
        await Database.SqlQuery<string?>($"SELECT pg_catalog.pg_current_xact_id_if_assigned()::text AS \"Value\"").SingleAsync(cancellationToken);

    /// <summary>
    /// What became of a transaction of this server: <c>committed</c>, <c>aborted</c> or <c>in progress</c>; null when it is so long ago that the
    /// server has forgotten it. One that lies in the server's future was lost with another primary. From <c>pg_xact_status</c>.
    /// </summary>
    public async Task<string?> OutcomeAsync(string transaction, CancellationToken cancellationToken)
    {
        try
        {
            return await Database.SqlQuery<string?>($"SELECT pg_catalog.pg_xact_status({transaction}::text::xid8) AS \"Value\"").SingleAsync(cancellationToken);
        }
        catch (PostgresException future) when (future.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            return "aborted";
        }
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("The fence's views are read; what may be written has functions.");

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The fence's views are read; what may be written has functions.");

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var (type, view) in new (Type, string)[]
        {
            (typeof(TenantRow), "tenants"), (typeof(TenantUserRow), "users"), (typeof(DocumentRow), "documents"), (typeof(ChatRow), "chats"),
            (typeof(SessionRow), "sessions"), (typeof(MessageRow), "messages"), (typeof(SocialLinkRow), "social_links"),
        })
        {
            var entity = modelBuilder.Entity(type).ToView(view, Schema);
            foreach (var property in entity.Metadata.GetProperties())
            {
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            }
        }

        modelBuilder.HasDbFunction(() => Bytes(default!)).HasName("octet_length").IsBuiltIn();
    }

    // PostgreSQL keeps no NUL in a text: one in an address finds what the rest of it finds.
    private static string Json(IReadOnlyDictionary<string, object?> filter) => JsonSerializer.Serialize(
        filter.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value is string text ? text.Replace("\0", "", StringComparison.Ordinal) : one.Value));

    /// <summary>The names that the fence has in every database.</summary>
    internal static FenceNames Names { get; } = new("mnfst_admin_reader");
}
