namespace MnfstRag.Postgres.Advising;

/// <summary>The server is not being read now.</summary>
/// <param name="Lasting">How long.</param>
/// <param name="Words">Why, and what helps, for a person.</param>
public sealed record Outage(TimeSpan Lasting, string Words);
