namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>A host became something else.</summary>
/// <param name="At">Our clock, when it was first seen.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
public sealed record RoleChange(DateTimeOffset At, HostRole From, HostRole To);
