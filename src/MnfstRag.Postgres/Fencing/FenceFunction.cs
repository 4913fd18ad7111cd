namespace MnfstRag.Postgres.Fencing;

/// <summary>One of the fence's functions.</summary>
/// <param name="Name">Without schema.</param>
/// <param name="Arguments">Types of its arguments: with the name, what GRANT and ALTER call it by.</param>
/// <param name="Definition">From CREATE FUNCTION's arguments on.</param>
internal sealed record FenceFunction(string Name, string Arguments, string Definition);
