using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>One condition of a partial index as a person fills it in.</summary>
public sealed class ConditionForm
{
    /// <summary>The column; empty while none is chosen.</summary>
    public string Column { get; set; } = "";

    /// <summary>How it is compared.</summary>
    public PredicateOperator Operator { get; set; }

    /// <summary>With what.</summary>
    public string Value { get; set; } = "";

    /// <summary>The comparison has a value.</summary>
    public bool TakesValue => Operator is not (PredicateOperator.IsNull or PredicateOperator.IsNotNull);
}
