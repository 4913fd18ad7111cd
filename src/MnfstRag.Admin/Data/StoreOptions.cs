namespace MnfstRag.Admin.Data;

/// <summary>How the own store is reached: section <c>ConnectionStrings</c>. Npgsql's form, or a <c>postgresql://</c> URL.</summary>
public sealed class StoreOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "ConnectionStrings";

    /// <summary>Role of daily use. Required.</summary>
    public string? Admin { get; set; }

    /// <summary>Owner of the tables, for migrations; <see cref="Admin"/> when not set, and then the audit log is protected by its chain alone.</summary>
    public string? AdminMigrator { get; set; }
}
