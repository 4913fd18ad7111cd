namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Which sessions.</summary>
/// <param name="User">Of one user.</param>
/// <param name="Chat">Of one chat, where the product has chats.</param>
public sealed record SessionFilter(Guid? User = null, Guid? Chat = null);
