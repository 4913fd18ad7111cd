namespace MnfstRag.Postgres.Maintaining;

/// <summary>How much of a relation holds nothing that is needed: free space, and rows that are dead.</summary>
/// <param name="Share">About so much, 0–1.</param>
/// <param name="Least">At least; the same as <paramref name="Share"/> when it was measured.</param>
/// <param name="Most">At most.</param>
/// <param name="Measured">pgstattuple looked at its pages; else it is reckoned from the planner's statistics.</param>
public sealed record EmptySpace(double Share, double Least, double Most, bool Measured);
