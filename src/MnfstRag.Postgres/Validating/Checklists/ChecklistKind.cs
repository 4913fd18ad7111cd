namespace MnfstRag.Postgres.Validating;

/// <summary>The three checklists of the product's configuration guide.</summary>
public enum ChecklistKind
{
    /// <summary>One person's machine is ready.</summary>
    Development,

    /// <summary>Ready for users.</summary>
    Production,

    /// <summary>Safe.</summary>
    Security,
}
