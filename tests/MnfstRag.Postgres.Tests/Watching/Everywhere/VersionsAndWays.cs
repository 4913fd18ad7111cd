using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>Every supported version, every kind of role, every way.</summary>
public sealed class VersionsAndWays : TheoryData<int, WatchingRole, WatchingWay>
{
    public VersionsAndWays()
    {
        foreach (var major in PostgresVersions.All)
        {
            foreach (var role in Enum.GetValues<WatchingRole>())
            {
                foreach (var way in Enum.GetValues<WatchingWay>())
                {
                    Add(major, role, way);
                }
            }
        }
    }
}
