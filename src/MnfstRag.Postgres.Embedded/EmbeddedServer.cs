using System.Security.Cryptography;
using MnfstRag.Postgres.Embedded.Binaries;
using MnfstRag.Postgres.Embedded.Clusters;
using MnfstRag.Postgres.Embedded.Processes;
using Npgsql;

namespace MnfstRag.Postgres.Embedded;

/// <summary>
/// A real PostgreSQL server on loopback, started without root or Docker and owned by this process: nobody else may use its data directory
/// until it is disposed. A server that a killed owner left running is adopted.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    /// <summary>The superuser's name.</summary>
    public const string Superuser = "postgres";

    private readonly EmbeddedServerOptions options;
    private readonly FileClaim claim;
    private readonly ServerControl control;
    private readonly string password;
    private PostmasterFile server;
    private bool disposed;

    private EmbeddedServer(
        EmbeddedServerOptions options, ClusterFiles files, FileClaim claim, ServerControl control, string password, PostmasterFile server,
        bool adopted)
    {
        this.options = options;
        this.claim = claim;
        this.control = control;
        this.password = password;
        this.server = server;
        DataDirectory = files.Data;
        LogFile = files.Log;
        IsAdopted = adopted;
    }

    /// <summary>PostgreSQL's major version.</summary>
    public int Major => options.Major;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => server.Port;

    /// <summary>The postmaster's process.</summary>
    public int ProcessId => server.ProcessId;

    /// <summary>The cluster's directory.</summary>
    public string DataDirectory { get; }

    /// <summary>The server's log of this run.</summary>
    public string LogFile { get; }

    /// <summary>True when the server was already running and was taken over.</summary>
    public bool IsAdopted { get; }

    /// <summary>Creates the cluster when it is missing, and starts or adopts its server.</summary>
    /// <exception cref="EmbeddedServerException">It could not be had; the message says why and what to do.</exception>
    public static async Task<EmbeddedServer> StartAsync(
        EmbeddedServerOptions options, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var files = new ClusterFiles(options.DataDirectory);
        var account = ServiceAccount.Find();
        var binaries = options.Binaries ?? new BinaryStore(StandardPlaces.Binaries);
        var programs = await binaries.GetAsync(options.Major, progress, cancellationToken);
        FileOwner.CreateDirectory(Path.GetDirectoryName(files.Data)!);
        var taken = FileClaim.TryTake(files.Lock) ?? throw new EmbeddedServerException(
            $"{files.Data} is in use by another running dashboard: stop that one, or give this one another directory with Embedded:Directory.");
        try
        {
            var durable = !options.Settings.TryGetValue("fsync", out var fsync) || fsync != "off";
            await ClusterCreation.EnsureAsync(
                files, options.Major, programs, durable, account, options.Timeout, progress, cancellationToken);
            return await StartOrAdoptAsync(
                options, files, taken, new ServerControl(files, programs, account, options), progress, cancellationToken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>How to reach a database; without a user as the superuser.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="user">A role; null is the superuser.</param>
    /// <param name="userPassword">The role's password, when a role is given.</param>
    public string ConnectionString(string database, string? user = null, string? userPassword = null)
        => Connect(server.Port, database, user ?? Superuser, user is null ? password : userPassword);

    /// <summary>The password that is kept for a role of this cluster (file mode 0600), made at the first call. The role itself is the caller's.</summary>
    public async Task<string> RolePasswordAsync(string role, CancellationToken cancellationToken)
    {
        var file = $"{DataDirectory}.{role}.password";
        if (!File.Exists(file))
        {
            await FileOwner.WritePrivateAsync(file, NewPassword(), account: null, cancellationToken);
        }

        return (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
    }

    /// <summary>Stops the server; the data directory stays claimed.</summary>
    public Task StopAsync(StopMode mode = StopMode.Fast, CancellationToken cancellationToken = default)
        => control.StopAsync(mode, cancellationToken);

    /// <summary>Starts the server again after a stop or a crash, on the same port when it is still free.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
        => server = await control.FindAsync(cancellationToken) ?? await control.StartAsync(cancellationToken);

    /// <summary>Stops the server and gives the data directory free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        try
        {
            await StopAsync();
        }
        finally
        {
            claim.Dispose();
        }
    }

    internal static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private static async Task<EmbeddedServer> StartOrAdoptAsync(
        EmbeddedServerOptions options, ClusterFiles files, FileClaim taken, ServerControl starter, IProgress<string>? progress,
        CancellationToken cancellationToken)
    {
        var secret = await ReadPasswordAsync(files, cancellationToken);
        if (await starter.FindAsync(cancellationToken) is { } running)
        {
            if (await starter.CanAdoptAsync(running, Connect(running.Port, "postgres", Superuser, secret, pooling: false), cancellationToken))
            {
                return new EmbeddedServer(options, files, taken, starter, secret, running, adopted: true);
            }

            progress?.Report($"Stopping the PostgreSQL server that an earlier run left in {files.Data}");
            await starter.StopAsync(StopMode.Fast, cancellationToken);
        }

        progress?.Report($"Starting PostgreSQL {options.Major} in {files.Data}");
        try
        {
            var started = await starter.StartAsync(cancellationToken);
            return new EmbeddedServer(options, files, taken, starter, secret, started, adopted: false);
        }
        catch (OperationCanceledException)
        {
            // Called off half-way: the postmaster may be up already, and nobody would stop it.
            await starter.StopAsync(StopMode.Immediate, CancellationToken.None);
            throw;
        }
    }

    private static async Task<string> ReadPasswordAsync(ClusterFiles files, CancellationToken cancellationToken)
        => File.Exists(files.Password)
            ? (await File.ReadAllTextAsync(files.Password, cancellationToken)).Trim()
            : throw new EmbeddedServerException(
                $"{files.Password} is missing, so nobody knows the password of {files.Data}: restore the file, or delete both to start anew.");

    private static string Connect(int port, string database, string user, string? password, bool pooling = true)
        => new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = database,
            Username = user,
            Password = password,
            SslMode = SslMode.Disable,
            Pooling = pooling,
            Timeout = 5,
        }.ConnectionString;
}
