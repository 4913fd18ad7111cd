using MnfstRag.Postgres.Embedded.Processes;

namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>Makes a cluster with initdb. A directory is a whole cluster or absent: initdb works aside, then the directory is renamed.</summary>
internal static class ClusterCreation
{
    private const long NeededBytes = 200L * 1024 * 1024;

    public static async Task EnsureAsync(
        ClusterFiles files, int major, string programs, bool durable, ServiceAccount? account, TimeSpan timeout, IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        if (File.Exists(files.VersionFile))
        {
            await RequireVersionAsync(files, major, cancellationToken);
            return;
        }

        if (Directory.Exists(files.Data) && Directory.EnumerateFileSystemEntries(files.Data).Any())
        {
            throw new EmbeddedServerException(
                $"{files.Data} is neither empty nor a PostgreSQL data directory: move it away, or choose another with Embedded:Directory.");
        }

        DiskSpace.Require(Path.GetDirectoryName(files.Data)!, NeededBytes, "a new PostgreSQL data directory");
        progress?.Report($"Creating a PostgreSQL {major} data directory in {files.Data}");
        await FileOwner.WritePrivateAsync(files.Password, EmbeddedServer.NewPassword(), account, cancellationToken);
        var part = files.Data + ".new";
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }

        FileOwner.CreatePrivateDirectory(part, account);
        await InitialiseAsync(files, part, programs, durable, account, timeout, cancellationToken);
        if (Directory.Exists(files.Data))
        {
            Directory.Delete(files.Data);
        }

        Directory.Move(part, files.Data);
    }

    private static async Task InitialiseAsync(
        ClusterFiles files, string part, string programs, bool durable, ServiceAccount? account, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "-D", part, "--username=postgres", $"--pwfile={files.Password}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
            "--no-instructions",
        ];
        if (!durable)
        {
            arguments.Add("--no-sync");
        }

        var start = ServiceAccount.Start(account, PostgresProgram.Path(programs, "initdb"), arguments);
        var result = await PostgresProgram.RunAsync(start, timeout, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new EmbeddedServerException(
                $"initdb could not create {files.Data}: {PostgresProgram.Reason(result.Output)}; "
                + "check the disk and the directory's permissions, then start again.");
        }

        await File.AppendAllTextAsync(
            Path.Combine(part, Path.GetFileName(files.ServerConfiguration)),
            $"\ninclude '{Path.GetFileName(files.Configuration)}'\n",
            cancellationToken);
    }

    private static async Task RequireVersionAsync(ClusterFiles files, int major, CancellationToken cancellationToken)
    {
        var found = (await File.ReadAllTextAsync(files.VersionFile, cancellationToken)).Trim();
        if (found != major.ToString(null, null))
        {
            throw new EmbeddedServerException(
                $"{files.Data} was made by PostgreSQL {found}, and PostgreSQL {major} was asked for: "
                + "move the directory away, or choose another with Embedded:Directory.");
        }
    }
}
