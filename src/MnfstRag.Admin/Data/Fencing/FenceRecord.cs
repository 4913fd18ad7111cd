using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Fencing;

/// <summary>How a fence stood when it was last looked at.</summary>
/// <param name="EnvironmentId">Where.</param>
/// <param name="Standing">How.</param>
/// <param name="Words">The same for a person.</param>
/// <param name="AsOf">When it was looked at.</param>
/// <param name="BuiltAt">When it was built, by the server's clock.</param>
/// <param name="BuiltBy">The database role that built it.</param>
public sealed record FenceRecord(Guid EnvironmentId, FenceStanding Standing, string Words, DateTimeOffset AsOf, DateTimeOffset? BuiltAt, string? BuiltBy)
{
    /// <summary>Not looked at for so long, it is not known to hold.</summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromDays(1);

    /// <summary>Tenants may be let in.</summary>
    public bool HoldsAt(DateTimeOffset now) => Standing is FenceStanding.InForce or FenceStanding.Outdated && now - AsOf < LongestAge;

    /// <summary>Why nobody is let in; null when they are.</summary>
    public string? FaultAt(DateTimeOffset now) => HoldsAt(now) ? null
        : Standing is FenceStanding.InForce or FenceStanding.Outdated ? "The fence has not been looked at for a day, so it is not known to hold. The tenant area is closed until it has been."
        : Words;
}
