namespace MnfstRag.Postgres.Fencing;

/// <summary>One attempt to get past the fence.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="On">On which view, function or role.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Evidence">What was asked and what the server said, in words; never a row's content.</param>
public sealed record FenceAttempt(string Name, string On, FenceVerdict Verdict, string Evidence);
