namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What a search over a tenant gave.</summary>
/// <param name="Words">What was looked for.</param>
/// <param name="Messages">Messages, the newest first.</param>
/// <param name="Documents">Documents by their name, the newest first.</param>
/// <param name="MoreMessages">There are more messages than are shown.</param>
/// <param name="Took">How long the server took.</param>
public sealed record FoundInTenant(string Words, IReadOnlyList<FoundMessage> Messages, IReadOnlyList<DocumentLine> Documents, bool MoreMessages, TimeSpan Took);
