namespace MnfstRag.Postgres.Checking;

/// <summary>The tenant fence, as far as SQL shows it.</summary>
/// <param name="Installed">Schema <c>mnfst_admin</c> is in this database.</param>
internal sealed record FenceFacts(bool Installed);
