using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>What the fence's own objects are called in a watched database.</summary>
public sealed record FenceNames
{
    /// <param name="reader">See <see cref="Reader"/>.</param>
    /// <exception cref="ArgumentException">A name has a dollar sign: it could end a quoted body of the script.</exception>
    public FenceNames(string reader) => Reader = Harmless(reader);

    /// <summary>The fence credential's role: it signs in and reads the views, and may nothing else.</summary>
    public string Reader { get; }

    /// <summary>The setting that names the tenant, in one transaction at a time.</summary>
    public const string TenantSetting = "mnfst_admin.tenant_id";

    /// <summary>The schema of the views and functions.</summary>
    public string Schema { get; init => field = Harmless(value); } = "mnfst_admin";

    /// <summary>The role that owns them and never signs in. Roles belong to the whole cluster: databases of one cluster may share it.</summary>
    public string Owner { get; init => field = Harmless(value); } = "mnfst_admin_fence";

    internal string QuotedReader => SqlName.Of(Reader);

    internal string QuotedSchema => SqlName.Of(Schema);

    internal string QuotedOwner => SqlName.Of(Owner);

    /// <summary>The policy that lets the owner read where row level security is on.</summary>
    internal const string Policy = "mnfst_admin_fence";

    /// <summary>One of the fence's objects, qualified.</summary>
    internal string Of(string name) => SqlName.Of(Schema, name);

    /// <summary>A string constant.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Harmless(string name) => name.Length is > 0 and <= 63 && !name.Contains('$', StringComparison.Ordinal)
        ? name
        : throw new ArgumentException($"{name} cannot be a name of the fence: it has a dollar sign or not 1 to 63 characters.", nameof(name));
}
