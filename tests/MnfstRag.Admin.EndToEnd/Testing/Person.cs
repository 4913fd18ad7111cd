namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>Somebody with an account.</summary>
public sealed record Person(string Name, string Password);
