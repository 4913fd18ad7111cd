using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>A channel as it may be shown.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Webhook or e-mail.</param>
/// <param name="Place">Host and port, or recipients.</param>
/// <param name="Environment">The only environment it is for; null for all.</param>
/// <param name="Least">Alerts below this level are not sent.</param>
/// <param name="Enabled">It is used.</param>
/// <param name="By">Who changed it last.</param>
/// <param name="At">When.</param>
public sealed record ChannelItem(Guid Id, string Name, AlertChannelKind Kind, string Place, string? Environment, FindingLevel Least, bool Enabled, string By, DateTimeOffset At);
