namespace MnfstRag.Postgres.Maintaining;

/// <summary>Room that a plan needs on the server's disk while it runs.</summary>
/// <param name="NeededBytes">About so much; null where it cannot be told.</param>
/// <param name="FreeBytes">Free where the tablespace lies; null is unknown: PostgreSQL has no function for it.</param>
/// <param name="Words">For a person.</param>
public sealed record PlanDisk(long? NeededBytes, long? FreeBytes, string Words);
