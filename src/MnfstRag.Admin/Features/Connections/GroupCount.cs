using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>How many sessions are in a group, and the one that has been at it longest.</summary>
/// <param name="Group">Which.</param>
/// <param name="Count">How many.</param>
/// <param name="Longest">The one with the longest query, for active and waiting ones; with the longest state for the others; null when none.</param>
/// <param name="For">How long.</param>
public sealed record GroupCount(SessionGroup Group, int Count, Session? Longest, TimeSpan? For);
