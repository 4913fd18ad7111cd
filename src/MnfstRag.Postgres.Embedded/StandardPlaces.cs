using System.Security.Cryptography;
using System.Text;
using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Postgres.Embedded;

/// <summary>Where binaries and clusters live on this machine.</summary>
public static class StandardPlaces
{
    /// <summary>
    /// As root a place that the unprivileged account can reach, since PostgreSQL refuses to run as root and root's home is closed to others.
    /// </summary>
    private const string RootPlace = "/var/lib/mnfst-rag-admin";

    private const string Folder = "mnfst-rag-admin";

    /// <summary>Downloaded binaries: may be deleted at any time while no server runs.</summary>
    public static string Binaries => ServiceAccount.IsNeeded ? Path.Combine(RootPlace, "postgres")
        : Path.Combine(CacheHome(), Folder, "postgres");

    /// <summary>Clusters.</summary>
    public static string Clusters => ServiceAccount.IsNeeded ? Path.Combine(RootPlace, "clusters")
        : Path.Combine(DataHome(), Folder, "clusters");

    /// <summary>The directory of one checkout's clusters: two checkouts never share one.</summary>
    public static string ClustersOf(string checkout)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkout));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
        return Path.Combine(Clusters, hash);
    }

    private static string CacheHome()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathFullyQualified(cache))
        {
            return cache;
        }

        return OperatingSystem.IsLinux()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
            : DataHome();
    }

    // On Linux .NET reads XDG_DATA_HOME for this folder.
    private static string DataHome()
        => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
}
