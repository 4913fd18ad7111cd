using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>What the fence's own objects are called in a watched database.</summary>
public sealed record FenceNames
{
    /// <param name="reader">See <see cref="Reader"/>.</param>
    /// <exception cref="ArgumentException">A name has a dollar sign: it could end a quoted body of the script.</exception>
    public FenceNames(string reader) => Reader = Harmless(reader);

    /// <summary>Those of a database by its credentials: the fence credential's role reads, the watch credential's role looks over all tenants, where it is another one.</summary>
    /// <exception cref="ArgumentException">The fence credential names no user, or one that cannot be a name of the fence.</exception>
    public static FenceNames Of(DatabaseUrl fence, DatabaseUrl? watch)
    {
        var reader = Role(fence) ?? throw new ArgumentException("The fence credential names no user.", nameof(fence));
        return new FenceNames(reader) { Overseer = watch is not null && Role(watch) is { } role && role != reader ? role : null };
    }

    /// <summary>The fence credential's role: it signs in and reads the views, and may nothing else.</summary>
    public string Reader { get; }

    /// <summary>
    /// The watch credential's role: it may run the functions that count over all tenants and name what is odd, and reads no view. Null without one:
    /// then there are no such functions.
    /// </summary>
    /// <exception cref="ArgumentException">It is the reader, or no name.</exception>
    public string? Overseer
    {
        get;
        init => field = value is null ? null
            : value == Reader ? throw new ArgumentException("The overseer cannot be the reader: what may look over all tenants must not read one.", nameof(value))
            : Harmless(value);
    }

    /// <summary>The setting that names the tenant, in one transaction at a time.</summary>
    public const string TenantSetting = "mnfst_admin.tenant_id";

    /// <summary>The schema of the views and functions.</summary>
    public string Schema { get; init => field = Harmless(value); } = "mnfst_admin";

    /// <summary>The role that owns them and never signs in. Roles belong to the whole cluster: databases of one cluster may share it.</summary>
    public string Owner { get; init => field = Harmless(value); } = "mnfst_admin_fence";

    internal string QuotedReader => SqlName.Of(Reader);

    internal string? QuotedOverseer => Overseer is { } role ? SqlName.Of(role) : null;

    internal string QuotedSchema => SqlName.Of(Schema);

    internal string QuotedOwner => SqlName.Of(Owner);

    /// <summary>The policy that lets the owner read where row level security is on.</summary>
    internal const string Policy = "mnfst_admin_fence";

    /// <summary>The policy that lets the owner set the status of the named tenant's documents where row level security is on.</summary>
    internal const string UpdatePolicy = "mnfst_admin_fence_status";

    /// <summary>The policy that lets the owner make records of the named tenant's documents where row level security is on.</summary>
    internal const string InsertPolicy = "mnfst_admin_fence_import";

    /// <summary>One of the fence's objects, qualified.</summary>
    internal string Of(string name) => SqlName.Of(Schema, name);

    /// <summary>A string constant.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // A hosted pooler is told the project behind a dot: the role is what stands before it.
    private static string? Role(DatabaseUrl url) => url.ToConnectionStringBuilder().Username is { Length: > 0 } user
        ? url.Hosts.Any(host => host.Name.EndsWith(".pooler.supabase.com", StringComparison.OrdinalIgnoreCase)) ? user.Split('.')[0] : user
        : null;

    private static string Harmless(string name) => name.Length is > 0 and <= 63 && !name.Contains('$', StringComparison.Ordinal)
        ? name
        : throw new ArgumentException($"{name} cannot be a name of the fence: it has a dollar sign or not 1 to 63 characters.", nameof(name));
}
