using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests;

/// <summary>Every supported version with every kind of role.</summary>
public sealed class VersionsAndRoles : TheoryData<int, WatchingRole>
{
    public VersionsAndRoles()
    {
        foreach (var major in PostgresVersions.All)
        {
            foreach (var role in Enum.GetValues<WatchingRole>())
            {
                Add(major, role);
            }
        }
    }
}
