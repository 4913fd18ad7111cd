namespace MnfstRag.Admin.Data.Environments;

/// <summary>An environment as the configuration gives it, secrets in clear.</summary>
internal sealed record ConfiguredEnvironment(string Name, IReadOnlyDictionary<CredentialKind, string> Credentials);
