namespace MnfstRag.Postgres.Checking;

/// <summary>What a check says: a verdict, what it rests on, and what helps.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">What was seen, with figures; for <see cref="Verdict.Skipped"/> why nothing was. Never a secret, never a literal of a query.</param>
/// <param name="Remedy">What a person does about it; empty when there is nothing to do.</param>
public sealed record CheckOutcome(Verdict Verdict, string Evidence, string Remedy)
{
    /// <summary>Nothing to do.</summary>
    public static CheckOutcome Ok(string evidence) => new(Verdict.Ok, evidence, "");

    /// <summary>Something to look at soon.</summary>
    public static CheckOutcome Warning(string evidence, string remedy) => new(Verdict.Warning, evidence, remedy);

    /// <summary>Something is wrong now.</summary>
    public static CheckOutcome Failing(string evidence, string remedy) => new(Verdict.Failing, evidence, remedy);

    /// <summary>Not judged, because of <paramref name="reason"/>.</summary>
    public static CheckOutcome Skipped(string reason, string remedy = "") => new(Verdict.Skipped, reason, remedy);

    /// <summary>Failing, warning or ok, whichever the figure's level asks for; the remedy is left out when it is ok.</summary>
    internal static CheckOutcome AtLevel(double figure, double warning, double failing, string evidence, string remedy) =>
        figure >= failing ? Failing(evidence, remedy)
        : figure >= warning ? Warning(evidence, remedy)
        : Ok(evidence);
}
