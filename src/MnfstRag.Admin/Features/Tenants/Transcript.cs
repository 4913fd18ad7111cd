namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A part of a session's messages, the oldest first.</summary>
/// <param name="Session">The session.</param>
/// <param name="Lines">The messages.</param>
/// <param name="Earlier">There are messages before them.</param>
/// <param name="Later">There are messages after them.</param>
public sealed record Transcript(SessionLine Session, IReadOnlyList<TranscriptLine> Lines, bool Earlier, bool Later);
