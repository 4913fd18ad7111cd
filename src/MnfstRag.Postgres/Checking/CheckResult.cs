namespace MnfstRag.Postgres.Checking;

/// <summary>One check's answer in a <see cref="CheckReport"/>.</summary>
/// <param name="Name">The check's name, stable: "long-transactions".</param>
/// <param name="Title">What it asks, for a person.</param>
/// <param name="Outcome">What it found.</param>
/// <param name="Took">How long it ran, without waiting for its turn; zero when it did not run.</param>
public sealed record CheckResult(string Name, string Title, CheckOutcome Outcome, TimeSpan Took);
