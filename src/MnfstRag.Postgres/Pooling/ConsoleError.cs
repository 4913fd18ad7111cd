namespace MnfstRag.Postgres.Pooling;

/// <summary>An ErrorResponse: code and text as they came, made safe for a page.</summary>
/// <param name="Code">SQLSTATE; empty when none came.</param>
/// <param name="Text">At most 200 letters, none that steers a terminal or reverses a line.</param>
internal sealed record ConsoleError(string Code, string Text);
