using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>A channel as a person wants it.</summary>
/// <param name="Id">Which one changes; null for a new one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Webhook or e-mail; cannot change.</param>
/// <param name="Address">A webhook's whole address, or recipients apart by comma. Empty leaves a webhook's address as it is.</param>
/// <param name="Environment">The only environment it is for; null for all.</param>
/// <param name="Least">Alerts below this level are not sent.</param>
/// <param name="Enabled">It is used.</param>
public sealed record ChannelDraft(Guid? Id, string Name, AlertChannelKind Kind, string Address, string? Environment, FindingLevel Least, bool Enabled);
