namespace MnfstRag.Postgres.Fencing;

/// <summary>The product's database could not be asked. The message says why, in words for an administrator; never a password.</summary>
public sealed class ProductUnavailableException(string words, Exception inner) : Exception(words, inner);
