namespace MnfstRag.Postgres.Fencing;

/// <summary>Rows that are odd in one way.</summary>
/// <param name="Kind">One of <see cref="TenantOversight.Kinds"/>.</param>
/// <param name="Total">How many there are, exactly.</param>
/// <param name="Examples">The newest of them.</param>
public sealed record Oddity(string Kind, long Total, IReadOnlyList<OddOne> Examples);
