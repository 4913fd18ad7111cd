using System.Globalization;
using MnfstRag.Postgres.Embedded.Processes;
using Npgsql;

namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>Starts, finds and stops the server of one cluster with pg_ctl.</summary>
internal sealed class ServerControl(ClusterFiles files, string programs, ServiceAccount? account, EmbeddedServerOptions options)
{
    private const int PortAttempts = 5;

    private string PgCtl => PostgresProgram.Path(programs, "pg_ctl");

    private string Seconds => ((int)options.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    // pg_ctl ends by itself at its own limit; ours is only for one that hangs.
    private TimeSpan Limit => options.Timeout + TimeSpan.FromSeconds(10);

    /// <summary>The living server of this cluster, or null.</summary>
    public async Task<PostmasterFile?> FindAsync(CancellationToken cancellationToken)
        => PostmasterFile.Read(files.PostmasterFile) is { } found
            && await ClusterProcesses.IsServerOfAsync(found.ProcessId, files.Data, cancellationToken)
            ? found
            : null;

    /// <summary>True when a living server has the wished port and settings and answers: it can be taken over as it is.</summary>
    public async Task<bool> CanAdoptAsync(PostmasterFile server, string connectionString, CancellationToken cancellationToken)
    {
        var wished = ServerConfiguration.Render(options.Port ?? server.Port, options.Settings);
        if (!File.Exists(files.Configuration) || await File.ReadAllTextAsync(files.Configuration, cancellationToken) != wished)
        {
            return false;
        }

        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            // It lives but does not serve: stopped half-way, frozen or out of slots. A fresh start is the cure.
            return false;
        }
    }

    public async Task<PostmasterFile> StartAsync(CancellationToken cancellationToken)
    {
        await ClusterProcesses.EndOrphansAsync(files.Data, cancellationToken);
        // Nobody serves this directory, so a file that says so is stale. PostgreSQL would believe it when a stranger has the process id now.
        File.Delete(files.PostmasterFile);
        for (var attempt = 1; ; attempt++)
        {
            var port = ServerPort.Choose(files, options.Port);
            await FileOwner.WritePrivateAsync(
                files.Configuration, ServerConfiguration.Render(port, options.Settings), account, cancellationToken);
            await FileOwner.WritePrivateAsync(files.Log, string.Empty, account, cancellationToken);
            var start = ServiceAccount.Start(
                account, PgCtl, ["start", "-D", files.Data, "-l", files.Log, "-w", "-s", "-t", Seconds]);
            var result = await PostgresProgram.RunAsync(start, Limit, cancellationToken);
            if (result.ExitCode == 0 && await FindAsync(cancellationToken) is { } server)
            {
                await File.WriteAllTextAsync(files.Port, port.ToString(CultureInfo.InvariantCulture), cancellationToken);
                return server;
            }

            // Between our look and its start another program may take the port.
            var log = await File.ReadAllTextAsync(files.Log, cancellationToken);
            var lostPort = log.Contains("could not bind", StringComparison.Ordinal);
            if (!lostPort || options.Port is not null || attempt == PortAttempts)
            {
                throw new EmbeddedServerException(
                    $"PostgreSQL {options.Major} did not start in {files.Data}: {PostgresProgram.Reason(log.Length > 0 ? log : result.Output)}; "
                    + $"see {files.Log}.");
            }
        }
    }

    public async Task StopAsync(StopMode mode, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } server)
        {
            await ClusterProcesses.EndOrphansAsync(files.Data, cancellationToken);
            return;
        }

        var modes = mode == StopMode.Fast ? ["fast", "immediate"] : new[] { "immediate" };
        foreach (var name in modes)
        {
            // A frozen server hears nothing: wake it first.
            Wake();
            var stop = ServiceAccount.Start(account, PgCtl, ["stop", "-D", files.Data, "-m", name, "-w", "-s", "-t", Seconds]);
            var result = await PostgresProgram.RunAsync(stop, Limit, cancellationToken);
            if (result.ExitCode == 0 || await FindAsync(cancellationToken) is null)
            {
                // pg_ctl waits for the file, which goes a moment before the process.
                await ClusterProcesses.WaitForEndAsync(server.ProcessId, files.Data, TimeSpan.FromSeconds(5), cancellationToken);
                await ClusterProcesses.EndOrphansAsync(files.Data, cancellationToken);
                return;
            }
        }

        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedServerException(
                $"The PostgreSQL server of {files.Data} (process {server.ProcessId}) does not stop: end that process yourself.");
        }

        _ = Libc.Signal(server.ProcessId, PosixSignal.Kill);
        await ClusterProcesses.WaitForEndAsync(server.ProcessId, files.Data, options.Timeout, cancellationToken);
        await ClusterProcesses.EndOrphansAsync(files.Data, cancellationToken);
    }

    private void Wake()
    {
        foreach (var process in ClusterProcesses.Of(files.Data))
        {
            _ = Libc.Signal(process, PosixSignal.Continue);
        }
    }
}
