using MnfstRag.Postgres.Embedded;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>The embedded server of the dashboard's own store: a database, its owner for migrations, and the role of daily use.</summary>
internal static class StoreServer
{
    public const string Database = "mnfst_admin";
    public const string Owner = "mnfst_admin_owner";
    public const string Runtime = "mnfst_admin_app";

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Makes what is missing; returns the connection strings by configuration key.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> PrepareAsync(EmbeddedServer server, CancellationToken cancellationToken)
    {
        var ownerPassword = await ServerAdministration.EnsureRoleAsync(server, Owner, cancellationToken);
        var runtimePassword = await ServerAdministration.EnsureRoleAsync(server, Runtime, cancellationToken);
        await ServerAdministration.EnsureDatabaseAsync(server, Database, Owner, cancellationToken);
        await ServerAdministration.ExecuteAsync(server, Database, $"GRANT CONNECT ON DATABASE {Database} TO {Runtime}", cancellationToken);
        return new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:Admin"] = server.ConnectionString(Database, Runtime, runtimePassword),
            ["ConnectionStrings:AdminMigrator"] = server.ConnectionString(Database, Owner, ownerPassword),
        };
    }
}
