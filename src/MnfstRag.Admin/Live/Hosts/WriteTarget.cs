using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Hosts;

/// <summary>Where to connect for a write.</summary>
/// <param name="Url">The address; null when nothing may be written.</param>
/// <param name="Refusal">Why not, in words; null when it may.</param>
public sealed record WriteTarget(DatabaseUrl? Url, string? Refusal);
