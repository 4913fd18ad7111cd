using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace MnfstRag.Postgres.Embedded.Processes;

/// <summary>Directories and files that belong to the account which runs the servers.</summary>
internal static class FileOwner
{
    private const UnixFileMode Reachable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a directory that others may pass through, whatever the umask.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateDirectory(parent);
        }

        try
        {
            Directory.CreateDirectory(path);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, Reachable);
            }
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new EmbeddedServerException(
                $"{path} cannot be created: this user may not write there; choose another place with Embedded:Directory.", fault);
        }
    }

    /// <summary>Creates a directory that only the account can enter, and gives it to the account.</summary>
    public static void CreatePrivateDirectory(string path, ServiceAccount? account)
    {
        CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Private | UnixFileMode.UserExecute);
        }

        Give(path, account);
    }

    /// <summary>Writes a file that only its owner may read (0600 from its first byte), replacing an older one in one step.</summary>
    public static async Task WritePrivateAsync(string path, string text, ServiceAccount? account, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        var part = path + ".new";
        File.Delete(part);
        await using (var stream = new FileStream(part, options))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        Give(part, account);
        File.Move(part, path, overwrite: true);
    }

    private static void Give(string path, ServiceAccount? account)
    {
        if (account is not null && Libc.ChangeOwner(path, account.User, account.Group) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{path} could not be given to the account {account.Name}.");
        }
    }
}
