using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Data.Environments;

/// <summary>A credential as it is stored. It holds the password: for services, never for Razor.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Url">The address; null when the key ring that encrypted it is gone, or it is no address.</param>
/// <param name="ChangedAt">When it was last changed.</param>
internal sealed record StoredCredential(CredentialKind Kind, DatabaseUrl? Url, DateTimeOffset ChangedAt);
