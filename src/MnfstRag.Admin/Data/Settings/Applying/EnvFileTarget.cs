using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Data.Settings.Applying;

/// <summary>
/// Writes .env files: whole or not at all, readable for their owner alone, what stood there kept beside it, and never over a change that nobody
/// saw. Only in the folders that the operator named. Singleton; for services, never for Razor. Checks no permission.
/// </summary>
/// <param name="options">The folders.</param>
/// <param name="clock">Names backups.</param>
public sealed class EnvFileTarget(IOptions<ApplyingOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Backups that are kept of one file.</summary>
    public const int MostBackups = 5;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // One at a time: between the last look at the file and its replacement nobody else of this process writes it.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Reads the file.</summary>
    public async Task<EnvFileSeen> LookAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            return Refusal(path) is { } refusal ? new EnvFileSeen(null, "", refusal) : Seen(await BytesAsync(path, cancellationToken));
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            return new EnvFileSeen(null, "", Words(path, fault));
        }
    }

    /// <summary>Replaces the file by <paramref name="content"/> when it still is as it was seen, and reads it back.</summary>
    /// <param name="path">The file, in one of the folders.</param>
    /// <param name="content">What it is to say.</param>
    /// <param name="mark">The mark that <see cref="LookAsync"/> gave.</param>
    /// <param name="cancellationToken">Ends it before anything was replaced.</param>
    public async Task<EnvFileApplied> ApplyAsync(string path, EnvFile content, string mark, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            if (Refusal(path) is { } refusal)
            {
                return new EnvFileApplied(null, refusal);
            }

            var bytes = content.ToBytes();
            await WriteAsync(temporary, bytes, cancellationToken);
            var before = await BytesAsync(path, cancellationToken);
            if (Seen(before).Mark != mark)
            {
                return new EnvFileApplied(null, $"{path} was changed meanwhile by somebody else. Nothing was written: look at it again.");
            }

            var backup = before is null ? null : await BackUpAsync(path, before, cancellationToken);
            File.Move(temporary, path, overwrite: true);
            return (await BytesAsync(path, CancellationToken.None))?.AsSpan().SequenceEqual(bytes) == true
                ? new EnvFileApplied(backup, null)
                : new EnvFileApplied(backup, $"{path} was written, and says something else when it is read back: somebody else writes it too. What stood there is in {backup ?? "no other file"}.");
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            return new EnvFileApplied(null, Words(path, fault));
        }
        finally
        {
            Discard(temporary);
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private static EnvFileSeen Seen(byte[]? bytes) =>
        bytes is null ? new EnvFileSeen(null, "", null) : new EnvFileSeen(EnvFile.Read(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)), null);

    private string? Refusal(string path)
    {
        var full = Path.GetFullPath(path);
        if (!Path.IsPathFullyQualified(path) || full != path || !(Path.GetFileName(path) is ".env" || Path.GetFileName(path).StartsWith(".env.", StringComparison.Ordinal)))
        {
            return "Only a file called .env or .env.NAME is written, at its whole path without detours.";
        }

        // As the operator wrote it: another way to the same folder is not one that was named.
        var folder = Path.GetDirectoryName(full);
        if (!options.Value.All.Any(allowed => Path.TrimEndingDirectorySeparator(Path.GetFullPath(allowed)) == folder))
        {
            return $"{folder} is none of the folders in {ApplyingOptions.Section}:{nameof(ApplyingOptions.Folders)}. The operator of the dashboard adds it there.";
        }

        return new FileInfo(full).LinkTarget is not null ? $"{full} is a link to another file, which is not followed. Name the file itself."
            : Directory.Exists(full) ? $"{full} is a folder."
            : null;
    }

    private static async Task<byte[]?> BytesAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        return new FileInfo(path).Length <= EnvFile.LongestFile ? await File.ReadAllBytesAsync(path, cancellationToken) : throw new IOException("It has more than 1 MB, which no .env file has.");
    }

    /// <summary>A new file that nobody but the owner may read, from its first byte on, and that lies on the disk when this returns.</summary>
    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = OwnerOnly;
        }

        await using var stream = new FileStream(path, how);
        await stream.WriteAsync(bytes, cancellationToken);
        stream.Flush(flushToDisk: true);
    }

    private async Task<string> BackUpAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        var backup = $"{path}.backup-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}";
        await WriteAsync(backup, bytes, cancellationToken);
        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.backup-*").OrderDescending(StringComparer.Ordinal).Skip(MostBackups))
        {
            File.Delete(old);
        }

        return Path.GetFileName(backup);
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            // It was moved, or its folder cannot be written: then it was never made.
        }
    }

    private static bool IsExpected(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static string Words(string path, Exception fault) => fault switch
    {
        UnauthorizedAccessException => $"The dashboard's user may not read or write in {Path.GetDirectoryName(path)}. Give it that right, and nobody else.",
        DirectoryNotFoundException => $"There is no folder {Path.GetDirectoryName(path)} on this machine.",
        IOException => $"{path} was not written, and what stood there still does: {fault.Message}",
        _ => "This is no path of a file.",
    };
}
