using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>Whether an environment takes writes now, and where. Ask again before each write: it may change between two of them.</summary>
/// <param name="State">How the primary stands. <see cref="PrimaryState.Unknown"/> and <see cref="PrimaryState.Elsewhere"/> refuse nothing: the server itself refuses then (25006).</param>
/// <param name="Primary">Host that takes writes; the last one known while it is lost; null where none is known.</param>
/// <param name="Since">Our clock, since when it is so; null where nothing is known.</param>
/// <param name="Refusal">Why nothing may be written now, in words for a person; null when it may.</param>
public sealed record WriteStanding(PrimaryState State, DatabaseHost? Primary, DateTimeOffset? Since, string? Refusal)
{
    /// <summary>Hosts of the environment that are standbys now.</summary>
    public IReadOnlyList<DatabaseHost> Standbys { get; init; } = [];

    /// <summary>Nothing stands against a write.</summary>
    public bool MayWrite => Refusal is null;

    /// <summary>
    /// <paramref name="credential"/> with the primary as its only host, where it names several: the driver is never left to try hosts
    /// that are known to be dead or standbys. An address whose hosts are not those that are watched (a pooler, another name) stays as it is.
    /// </summary>
    public WriteTarget Toward(DatabaseUrl credential)
    {
        if (Refusal is not null)
        {
            return new WriteTarget(null, Refusal);
        }

        if (Primary is { } primary && credential.Hosts.Any(host => host.IsSame(primary)))
        {
            return new WriteTarget(credential.At(primary), null);
        }

        return credential.Hosts.Count > 0 && credential.Hosts.All(host => Standbys.Any(host.IsSame))
            ? new WriteTarget(null, $"{string.Join(" and ", credential.Hosts)} {(credential.Hosts.Count == 1 ? "is a standby" : "are standbys")} and takes no writes (25006). {(Primary is { } known ? $"The primary is {known}: name it in this credential too, postgresql://user:password@{string.Join(',', credential.Hosts)},{known}/…" : "Name the primary's host in this credential.")}")
            : new WriteTarget(credential, null);
    }
}
