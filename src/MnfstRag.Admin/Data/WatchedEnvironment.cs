namespace MnfstRag.Admin.Data;

/// <summary>An environment of the product that this dashboard is attached to, without its secrets.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Unique, as a person typed it: "development".</param>
/// <param name="Credentials">Which credentials are set.</param>
public sealed record WatchedEnvironment(Guid Id, string Name, IReadOnlySet<CredentialKind> Credentials);
