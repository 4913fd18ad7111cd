namespace MnfstRag.Postgres.Connecting;

/// <summary>Why a text is no DATABASE_URL.</summary>
/// <param name="Part">The part at fault.</param>
/// <param name="Words">What is wrong and what helps. It repeats nothing of the text that could be a password.</param>
public sealed record DatabaseUrlFault(DatabaseUrlPart Part, string Words);
