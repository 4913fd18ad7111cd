using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace MnfstRag.Postgres.Embedded.Binaries;

/// <summary>Verifies and unpacks a package's archive.</summary>
internal static class PackageArchive
{
    private const UnixFileMode ExecutableMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static async Task VerifyAsync(string archive, BinaryPackage package, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(archive);
        var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (!string.Equals(actual, package.Integrity, StringComparison.Ordinal))
        {
            throw new EmbeddedServerException(
                $"{package.Specification} was refused: its sha512 hash is not the one that this product pins, so the archive is damaged or "
                + "not the published one; check 'npm config get registry', run 'npm cache clean --force' and start again.");
        }
    }

    /// <summary>Unpacks into the directory; returns the place of <c>bin</c>, <c>lib</c> and <c>share</c>.</summary>
    public static async Task<string> UnpackAsync(string archive, string directory, CancellationToken cancellationToken)
    {
        await using (var stream = File.OpenRead(archive))
        await using (var unzipped = new GZipStream(stream, CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(unzipped, directory, overwriteFiles: true, cancellationToken);
        }

        var package = Path.Combine(directory, "package");
        await RestoreLinksAsync(package, cancellationToken);
        var native = Path.Combine(package, "native");
        if (!OperatingSystem.IsWindows())
        {
            MakeReachable(native);
        }

        return native;
    }

    // npm archives hold no symbolic links: the package lists them in a file, for a script of its own that we do not run.
    private static async Task RestoreLinksAsync(string package, CancellationToken cancellationToken)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        await using var stream = File.OpenRead(list);
        var links = await JsonSerializer.DeserializeAsync<List<Link>>(stream, JsonSerializerOptions.Web, cancellationToken) ?? [];
        foreach (var link in links)
        {
            var target = Path.Combine(package, link.Target);
            if (!File.Exists(target))
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(package, link.Source)));
            }
        }
    }

    // Whatever this process's umask is, the account that runs the server must be able to enter, read and execute.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void MakeReachable(string native)
    {
        File.SetUnixFileMode(native, ExecutableMode);
        foreach (var folder in Directory.EnumerateDirectories(native, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(folder, ExecutableMode);
        }

        foreach (var program in Directory.EnumerateFiles(Path.Combine(native, "bin")))
        {
            File.SetUnixFileMode(program, ExecutableMode);
        }
    }

    private sealed record Link(string Source, string Target);
}
