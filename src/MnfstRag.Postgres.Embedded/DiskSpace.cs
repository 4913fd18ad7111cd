namespace MnfstRag.Postgres.Embedded;

/// <summary>Refuses early, and in words, what a full disk would break half-way.</summary>
public static class DiskSpace
{
    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; ENOSPC and EDQUOT on Linux and macOS.
    private static readonly HashSet<int> ExhaustedCodes = [112, 39, 28, 122, 69];

    /// <summary>Checks that a directory's file system has room.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="bytes">Bytes that will be needed.</param>
    /// <param name="what">What needs them, for the message.</param>
    /// <exception cref="EmbeddedServerException">There is less.</exception>
    public static void Require(string directory, long bytes, string what)
    {
        var free = new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new EmbeddedServerException(
                $"{directory} has {Mebibytes(free)} MiB left, and {what} needs {Mebibytes(bytes)} MiB: free some space and start again.");
        }
    }

    internal static bool IsExhausted(IOException fault) => ExhaustedCodes.Contains(fault.HResult & 0xFFFF);

    internal static EmbeddedServerException Exhausted(string directory, string what, Exception fault)
        => new($"The disk of {directory} is full, so {what} could not be written: free about 300 MB and start again.", fault);

    private static long Mebibytes(long bytes) => bytes / (1024 * 1024);
}
