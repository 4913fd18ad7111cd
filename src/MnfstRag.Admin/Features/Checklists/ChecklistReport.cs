using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Checklists;

/// <summary>The checklists of one environment at one moment.</summary>
/// <param name="EnvironmentId">Its id in the own store.</param>
/// <param name="Environment">Its name.</param>
/// <param name="Kind">By which of the guide's environments its settings are judged.</param>
/// <param name="Revision">Number of the settings' newest revision; 0 for none.</param>
/// <param name="At">When it was put together.</param>
/// <param name="Lists">The checklists, the one of its kind first.</param>
public sealed record ChecklistReport(Guid EnvironmentId, string Environment, EnvironmentKind Kind, int Revision, DateTimeOffset At, IReadOnlyList<Checklist> Lists);
