using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>One key of a new index as a person fills it in.</summary>
public sealed class PartForm
{
    /// <summary>The column; empty while none is chosen.</summary>
    public string Column { get; set; } = "";

    /// <summary>What of the column.</summary>
    public IndexPartKind Kind { get; set; }

    /// <summary>The greatest first.</summary>
    public bool Descending { get; set; }

    /// <summary>Where NULLs stand: "first", "last", or empty for what the direction brings.</summary>
    public string NullsFirst { get; set; } = "";
}
