namespace MnfstRag.Testing;

/// <summary>A role that can sign in.</summary>
public sealed record TestRole(string Name, string Password);
