namespace MnfstRag.Postgres.Advising;

/// <summary>Whether a panel can show what it is for on this server, why not, and exactly what changes that.</summary>
/// <param name="Panel">Which panel.</param>
/// <param name="State">Available, degraded or unavailable.</param>
/// <param name="Why">What is the case, in words; empty when available.</param>
/// <param name="Cure">What to do, in words; null when nothing can be done or need be.</param>
/// <param name="Sql">The statements that do it, each on its own line; null where none does.</param>
/// <param name="NeedsRestart">The server must be restarted before it shows.</param>
public sealed record Availability(string Panel, AvailabilityState State, string Why, string? Cure = null, string? Sql = null, bool NeedsRestart = false);
