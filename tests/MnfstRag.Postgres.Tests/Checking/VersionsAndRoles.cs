using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>Each version with each kind of role that a person may diagnose with.</summary>
public sealed class VersionsAndRoles : TheoryData<int, string>
{
    public const string Superuser = "superuser";

    public const string Monitor = "pg_monitor";

    public const string Bare = "bare";

    public VersionsAndRoles()
    {
        foreach (var major in PostgresVersions.All)
        {
            Add(major, Superuser);
            Add(major, Monitor);
            Add(major, Bare);
        }
    }

    /// <summary>A database's address for such a role.</summary>
    public static async Task<string> AddressAsync(TestDatabase database, string kind) => kind switch
    {
        Superuser => database.ConnectionString,
        Monitor => database.ConnectionStringFor(await database.Server.CreateRoleAsync("pg_monitor")),
        _ => database.ConnectionStringFor(await database.Server.CreateRoleAsync()),
    };
}
