namespace MnfstRag.Admin.Features.Checklists;

/// <summary>How one item of a checklist stands.</summary>
public enum ChecklistState
{
    /// <summary>It is so, by evidence or because somebody stands for it.</summary>
    Yes,

    /// <summary>It is not so.</summary>
    No,

    /// <summary>It cannot be told from here.</summary>
    Unknown,
}
