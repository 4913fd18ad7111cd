namespace MnfstRag.Admin.Data.Entities;

/// <summary>Users of the product may sign in to an environment; without a row they may not.</summary>
public sealed class ProductSignInRow
{
    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset EnabledAt { get; set; }

    /// <summary>Name of who let them in.</summary>
    public required string EnabledBy { get; set; }
}
