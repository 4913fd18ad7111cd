namespace MnfstRag.Admin.Data;

/// <summary>The own store did not do what was asked: nothing was read or written. The message says why, in words for a person.</summary>
public sealed class StoreUnavailableException(string words, Exception inner)
    : Exception($"The dashboard's own database cannot be used now. {words}", inner);
