using System.Net.Sockets;

namespace MnfstRag.Postgres.Connecting;

/// <summary>A connection to an address that may be asked, or why it may not.</summary>
/// <param name="Socket">Connected; whoever gets it disposes it. Null when refused.</param>
/// <param name="Refusal">Why nothing was connected to, in words; null when something was.</param>
public sealed record Reached(Socket? Socket, string? Refusal);
