namespace MnfstRag.Admin.Benchmarks.Measuring;

/// <summary>What a role's statements have cost a server so far (<c>pg_stat_statements</c>: calls, total_plan_time + total_exec_time).</summary>
/// <param name="Calls">Statements run.</param>
/// <param name="Time">Planning and execution, summed.</param>
internal sealed record StatementCost(long Calls, TimeSpan Time)
{
    public static StatementCost operator -(StatementCost later, StatementCost earlier) => new(later.Calls - earlier.Calls, later.Time - earlier.Time);
}
