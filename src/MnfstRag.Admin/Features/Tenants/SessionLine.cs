namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A session in the list.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Title">As the product named it.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="User">Their e-mail.</param>
/// <param name="Chat">The chat's name; null where the product has no chats.</param>
/// <param name="ChatId">The chat.</param>
/// <param name="Messages">How many messages it has.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="UpdatedAt">When it was last used.</param>
public sealed record SessionLine(Guid Id, string Title, Guid UserId, string? User, string? Chat, Guid? ChatId, long Messages, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt);
