namespace MnfstRag.Postgres.Fencing;

/// <summary>One of the fence's functions.</summary>
/// <param name="Name">Without schema.</param>
/// <param name="Arguments">Types of its arguments: with the name, what GRANT and ALTER call it by.</param>
/// <param name="Definition">From CREATE FUNCTION's arguments on.</param>
/// <param name="Does">What it is for, for the person who reviews the script.</param>
internal sealed record FenceFunction(string Name, string Arguments, string Definition, string Does)
{
    /// <summary>What functions are called that look over all tenants: the overseer alone may run them, and never the reader.</summary>
    public const string OversightPrefix = "oversee_";

    /// <summary>Run by the overseer, not by the reader.</summary>
    public bool ForOverseer => Name.StartsWith(OversightPrefix, StringComparison.Ordinal);
}
