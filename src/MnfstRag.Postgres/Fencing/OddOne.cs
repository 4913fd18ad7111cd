namespace MnfstRag.Postgres.Fencing;

/// <summary>One odd row, by identities alone.</summary>
/// <param name="Id">The document, session, user or tenant.</param>
/// <param name="Tenant">The tenant that it names; null where it names none.</param>
/// <param name="Other">What it disagrees with: the user, the other tenant, the other row of the same name.</param>
/// <param name="Since">When it was made, or last changed.</param>
/// <param name="Amount">How many have the same name, of duplicates.</param>
public sealed record OddOne(Guid? Id, Guid? Tenant, Guid? Other, DateTimeOffset? Since, long? Amount);
