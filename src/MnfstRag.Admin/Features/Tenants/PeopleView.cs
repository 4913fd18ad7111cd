using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Users of a tenant, its chats and its links.</summary>
/// <param name="People">A page of users, by e-mail.</param>
/// <param name="More">There are more users after them.</param>
/// <param name="Chats">Its chats; null where the product has none.</param>
/// <param name="Links">Its social links; null where the product has none.</param>
public sealed record PeopleView(IReadOnlyList<PersonLine> People, bool More, IReadOnlyList<ChatRow>? Chats, IReadOnlyList<SocialLinkRow>? Links);
