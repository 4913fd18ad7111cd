using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MnfstRag.Testing;

/// <summary>A real PgBouncer in front of a server, as an unprivileged user. It signs in as one role, whoever asks.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PgBouncer : IAsyncDisposable
{
    private const string Binary = "/usr/sbin/pgbouncer";

    private readonly Process _process;
    private readonly string _directory;

    private PgBouncer(Process process, string directory, int port) => (_process, _directory, Port) = (process, directory, port);

    /// <summary>There is one on this machine.</summary>
    public static bool IsInstalled => File.Exists(Binary);

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one and waits until it listens; dispose it.</summary>
    /// <param name="server">The server behind it.</param>
    /// <param name="mode">pool_mode: session or transaction.</param>
    /// <param name="ignoresOptions">It swallows start-up options silently, as many are set up to; else it refuses them.</param>
    /// <param name="settings">Further lines of its configuration; a later line of the same name wins. {directory} stands for its folder.</param>
    /// <param name="files">Further files of its folder, by name.</param>
    /// <param name="role">Whom it signs in as; null is the superuser.</param>
    /// <param name="port">Where it listens; null takes a free one.</param>
    public static async Task<PgBouncer> StartAsync(
        PostgresServer server, string mode, bool ignoresOptions, string settings = "", IReadOnlyDictionary<string, string>? files = null, TestRole? role = null, int? port = null)
    {
        var directory = Directory.CreateTempSubdirectory("pgbouncer").FullName;
        var listens = port ?? FreePort.Find();
        var login = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres", role));
        var configuration = Path.Combine(directory, "pgbouncer.ini");
        await File.WriteAllTextAsync(configuration, $"""
            [databases]
            * = host={server.Host} port={server.Port} user={login.Username} password={login.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {listens}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            default_pool_size = 5
            {(ignoresOptions ? "ignore_startup_parameters = options,extra_float_digits" : "")}
            {settings.Replace("{directory}", directory, StringComparison.Ordinal)}
            """);
        foreach (var (name, text) in files ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            await File.WriteAllTextAsync(Path.Combine(directory, name), text);
        }

        if (Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            foreach (var file in Directory.GetFiles(directory))
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            }
        }

        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", Binary, "-q", configuration])
            : new ProcessStartInfo(Binary, ["-q", configuration]);
        start.RedirectStandardError = true;
        var bouncer = new PgBouncer(Process.Start(start)!, directory, listens);
        await bouncer.WaitUntilItListensAsync();
        return bouncer;
    }

    /// <summary>How to reach a database through it.</summary>
    public string Url(string database) => $"postgresql://anyone@127.0.0.1:{Port}/{database}";

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task WaitUntilItListensAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (attempt < 100 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
