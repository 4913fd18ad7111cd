namespace MnfstRag.Admin.Features.Environments;

/// <summary>Where each value of an environment comes from.</summary>
/// <param name="Layers">The places, the one that wins first.</param>
/// <param name="Values">Every key with a value, in the order of the form.</param>
/// <param name="AsksVault">Vault is one of the places, and can be asked.</param>
public sealed record SourcesView(IReadOnlyList<SourceLayer> Layers, IReadOnlyList<SourcedValue> Values, bool AsksVault);
