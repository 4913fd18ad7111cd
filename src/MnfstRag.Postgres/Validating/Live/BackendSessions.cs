namespace MnfstRag.Postgres.Validating;

/// <summary>Sessions that a backend of the product, of another role than one's own, has open now.</summary>
/// <param name="Role">As which it signed in.</param>
/// <param name="Database">Where.</param>
/// <param name="Count">How many.</param>
internal sealed record BackendSessions(string Role, string Database, int Count);
