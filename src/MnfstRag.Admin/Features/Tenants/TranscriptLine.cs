namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A message as it is read. Its text is cut: a browser is never sent more.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Role">user or assistant.</param>
/// <param name="At">When it was said.</param>
/// <param name="Text">Its beginning.</param>
/// <param name="Bytes">How long the whole is.</param>
/// <param name="IsWhole">The text is all of it.</param>
public sealed record TranscriptLine(Guid Id, string Role, DateTimeOffset At, string Text, int Bytes, bool IsWhole);
