namespace MnfstRag.Admin.Features.Environments;

/// <summary>A host that may be asked.</summary>
/// <param name="Host">"host:port".</param>
/// <param name="By">Who allowed it; null for one of the configuration.</param>
/// <param name="At">When; null for one of the configuration.</param>
public sealed record AllowedHost(string Host, string? By, DateTimeOffset? At);
