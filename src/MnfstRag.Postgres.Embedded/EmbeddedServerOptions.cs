using MnfstRag.Postgres.Embedded.Binaries;

namespace MnfstRag.Postgres.Embedded;

/// <summary>What to start, and where.</summary>
public sealed record EmbeddedServerOptions
{
    /// <summary>PostgreSQL's major version, 14 to 18.</summary>
    public int Major { get; init; } = 18;

    /// <summary>
    /// The cluster's own directory, created when missing. Beside it stand <c>.log</c>, <c>.lock</c>, <c>.password</c> and <c>.port</c> of the
    /// same name.
    /// As root it must lie where the unprivileged account can reach it, see <see cref="StandardPlaces"/>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>The port to listen on; null takes the port of the last run when it is free, else any free one.</summary>
    public int? Port { get; init; }

    /// <summary>Server settings by name, written into the cluster's configuration before each start.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a start or a stop may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the binaries come from; null is the cache of this machine's user, filled through npm.</summary>
    public BinaryStore? Binaries { get; init; }
}
