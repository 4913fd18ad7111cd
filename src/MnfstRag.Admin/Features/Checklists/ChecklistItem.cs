namespace MnfstRag.Admin.Features.Checklists;

/// <summary>One item of the guide's checklists.</summary>
/// <param name="Key">Stable: "production.backup".</param>
/// <param name="Title">What should be so.</param>
/// <param name="State">Whether it is.</param>
/// <param name="Evidence">What shows it, with figures.</param>
/// <param name="Remedy">What to do; empty when nothing is.</param>
/// <param name="AsOf">When the evidence was read, or the settings that it is were saved; null without evidence.</param>
/// <param name="IsAttestable">SQL cannot prove it: a person may stand for it.</param>
/// <param name="Attestation">Who stands for it; null when nobody does, or no longer.</param>
public sealed record ChecklistItem(
    string Key,
    string Title,
    ChecklistState State,
    string Evidence,
    string Remedy = "",
    DateTimeOffset? AsOf = null,
    bool IsAttestable = false,
    Attestation? Attestation = null);
