namespace MnfstRag.Postgres.Embedded.Processes;

/// <summary>
/// Exclusive use of something, held by an open file. The system lets go of it when the process dies, however it dies.
/// </summary>
internal sealed class FileClaim : IDisposable
{
    private readonly FileStream file;

    private FileClaim(FileStream file) => this.file = file;

    /// <summary>The claim, or null when another process (or another claim of this one) holds it.</summary>
    public static FileClaim? TryTake(string path)
    {
        try
        {
            return new FileClaim(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault) when (fault is not (DirectoryNotFoundException or FileNotFoundException) && File.Exists(path))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();
}
