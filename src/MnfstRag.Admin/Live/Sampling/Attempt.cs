namespace MnfstRag.Admin.Live.Sampling;

/// <summary>How one attempt to read ended: a reading or a fault.</summary>
/// <param name="Reading">What was read.</param>
/// <param name="Fault">Why not.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Attempt(ServerReading? Reading, ServerFault? Fault, TimeSpan Took);
