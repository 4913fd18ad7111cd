namespace MnfstRag.Postgres.Checking;

/// <summary>What a check's question to the server brought: a value, or the outcome that stands in its place.</summary>
internal readonly record struct CheckAnswer<T>(T? Value, CheckOutcome? Unread)
    where T : class;
