using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>One credential of an environment as it may be shown: never the password.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="IsSet">There is one.</param>
/// <param name="Address">Its address with the password masked; null when it is not set, or cannot be decrypted.</param>
/// <param name="ChangedAt">When it was last changed; null when it is not set.</param>
/// <param name="ConfiguredBy">The configuration's key that sets it at each start; null when it is set here, or not at all.</param>
public sealed record CredentialView(CredentialKind Kind, bool IsSet, string? Address, DateTimeOffset? ChangedAt, string? ConfiguredBy);
