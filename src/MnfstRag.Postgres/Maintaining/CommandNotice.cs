namespace MnfstRag.Postgres.Maintaining;

/// <summary>What the server said beside its answer while a command ran.</summary>
/// <param name="Severity">Not translated: WARNING, NOTICE, INFO …</param>
/// <param name="SqlState">Five characters, as PostgreSQL's appendix A lists them.</param>
/// <param name="Text">The server's words, in its own language.</param>
public sealed record CommandNotice(string Severity, string SqlState, string Text);
