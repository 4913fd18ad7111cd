namespace MnfstRag.Admin.Access.Passwords;

/// <summary>Too many passwords wait to be hashed; nothing was checked.</summary>
public sealed class HashingBusyException() : Exception("Too many people sign in at this moment. Try again in a few seconds.");
