namespace MnfstRag.Admin.Data.Entities;

/// <summary>An environment of the product.</summary>
public sealed class EnvironmentRow
{
    /// <summary>Stable id.</summary>
    public Guid Id { get; set; }

    /// <summary>Unique, as a person typed it.</summary>
    public required string Name { get; set; }

    /// <summary>When it was first configured.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Those that are set.</summary>
    public ICollection<CredentialRow> Credentials { get; } = [];
}
