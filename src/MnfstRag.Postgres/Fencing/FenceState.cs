namespace MnfstRag.Postgres.Fencing;

/// <summary>What <see cref="FenceInspector"/> saw.</summary>
/// <param name="Standing">How it stands.</param>
/// <param name="Words">The same for a person: what is, since when, what next.</param>
/// <param name="AsOf">When it was looked at, by our clock.</param>
public sealed record FenceState(FenceStanding Standing, string Words, DateTimeOffset AsOf)
{
    /// <summary>The product's tables; null when they were not found.</summary>
    public ProductSchema? Product { get; init; }

    /// <summary>The script that builds the fence for the tables as they are; null without them.</summary>
    public FenceScript? Script { get; init; }

    /// <summary>What is not as it must be.</summary>
    public IReadOnlyList<FenceFault> Faults { get; init; } = [];

    /// <summary>When it was built, by the server's clock; null without a fence.</summary>
    public DateTimeOffset? BuiltAt { get; init; }

    /// <summary>The role that built it; null without a fence.</summary>
    public string? BuiltBy { get; init; }

    /// <summary>Tenants may be let in: it holds as it was built. An older version holds too; what it lacks, its successor brings.</summary>
    public bool Holds => Standing is FenceStanding.InForce or FenceStanding.Outdated;
}
