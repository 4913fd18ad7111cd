namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What a file holds.</summary>
/// <param name="Rows">Rows in all.</param>
/// <param name="Faults">All that is wrong with them.</param>
public sealed record ImportCheck(int Rows, IReadOnlyList<ImportFault> Faults)
{
    /// <summary>Rows that can be read.</summary>
    internal IReadOnlyList<ImportRecord> Records { get; init; } = [];

    /// <summary>Rows without any fault.</summary>
    public int Good => Records.Count - Faults.Where(fault => Records.Any(one => one.Line == fault.Line)).Select(fault => fault.Line).Distinct().Count();
}
