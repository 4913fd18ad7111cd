using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace MnfstRag.Admin.Data;

/// <summary>What every context has in common, however it was made.</summary>
internal static class StoreModel
{
    // Identity asks the application's services for the version of its schema; the migrator and design time have none.
    private static readonly ServiceProvider Identity =
        new ServiceCollection().Configure<IdentityOptions>(SetIdentityVersion).BuildServiceProvider();

    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, Settings).UseApplicationServiceProvider(Identity);

    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, Settings);

    /// <summary>Version 3 has the table of passkeys.</summary>
    public static void SetIdentityVersion(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    private static void Settings(NpgsqlDbContextOptionsBuilder settings) =>
        settings.MigrationsHistoryTable(AdminDbContext.MigrationsTable, AdminDbContext.AdminSchema);
}
