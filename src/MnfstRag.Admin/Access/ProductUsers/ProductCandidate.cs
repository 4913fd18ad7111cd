using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>An account of the product that somebody who signs in may mean.</summary>
/// <param name="EnvironmentId">Where.</param>
/// <param name="Environment">Its name: shown to nobody before the password is right.</param>
/// <param name="Account">The account, with its hash.</param>
internal sealed record ProductCandidate(Guid EnvironmentId, string Environment, ProductAccount Account);
