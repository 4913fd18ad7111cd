namespace MnfstRag.Admin.Features.Checklists;

/// <summary>One checklist.</summary>
/// <param name="Name">"Development", "Production", "Security".</param>
/// <param name="Items">In the guide's order.</param>
public sealed record Checklist(string Name, IReadOnlyList<ChecklistItem> Items)
{
    /// <summary>How many items are so.</summary>
    public int Done => Items.Count(item => item.State == ChecklistState.Yes);
}
