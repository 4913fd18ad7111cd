namespace MnfstRag.Postgres.Pooling;

/// <summary>Something outside cannot be talked with. Never leaves this room: whoever asks makes an <see cref="Answer{T}"/> of it.</summary>
/// <param name="words">The thing, the cause and the cure.</param>
internal sealed class OutgoingFaultException(string words) : Exception(words);
