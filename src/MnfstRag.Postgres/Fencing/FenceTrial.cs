namespace MnfstRag.Postgres.Fencing;

/// <summary>An attempt before it is made.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="On">On what.</param>
/// <param name="Sql">Gives the number of rows that came though they should not; $1 and $2 are identities of the other tenant and the other tenant.</param>
internal sealed record FenceTrial(string Name, string On, string Sql)
{
    /// <summary>Said before it, in the same transaction.</summary>
    public string? Before { get; init; }

    /// <summary>Identities of the other tenant's rows; null where none are needed.</summary>
    public IReadOnlyList<Guid>? Bait { get; init; }

    /// <summary>The transaction names no tenant.</summary>
    public bool WithoutTenant { get; init; }

    /// <summary>Tried in a transaction that may write, which is undone in any case.</summary>
    public bool Writes { get; init; }

    /// <summary>The server must refuse it; else no rows do as well.</summary>
    public bool MustBeRefused { get; init; }

    /// <summary>SQLSTATEs by which the server keeps it out.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    /// <summary>SQLSTATEs that tell that a foreign row was looked at.</summary>
    public IReadOnlyList<string> Leaks { get; init; } = [];
}
