namespace MnfstRag.Admin.Data.History;

/// <summary>One figure of a <see cref="HistoryKind"/>.</summary>
/// <param name="Name">snake_case: the column's name in the store.</param>
/// <param name="RollUp">How samples become one.</param>
/// <param name="Whole">Kept exactly as a 64-bit whole number (bytes, ages); else with seven digits (<c>real</c>).</param>
public sealed record HistoryColumn(string Name, RollUp RollUp, bool Whole = false);
