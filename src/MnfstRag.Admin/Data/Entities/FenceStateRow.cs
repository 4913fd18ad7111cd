namespace MnfstRag.Admin.Data.Entities;

/// <summary>How a fence stood when it was last looked at: one row an environment.</summary>
public sealed class FenceStateRow
{
    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Name of a <see cref="MnfstRag.Postgres.Fencing.FenceStanding"/>.</summary>
    public required string Standing { get; set; }

    /// <summary>The same for a person.</summary>
    public required string Words { get; set; }

    /// <summary>When it was looked at.</summary>
    public DateTimeOffset AsOf { get; set; }

    /// <summary>When it was built, by the server's clock.</summary>
    public DateTimeOffset? BuiltAt { get; set; }

    /// <summary>The database role that built it.</summary>
    public string? BuiltBy { get; set; }
}
