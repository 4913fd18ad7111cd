namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>What was asked of Vault, or why there is none.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Value">Null unless it answered.</param>
/// <param name="Fault">The thing, the cause and the cure; null when it answered.</param>
public sealed record VaultAnswer<T>(VaultState State, T? Value, string? Fault)
    where T : class;
