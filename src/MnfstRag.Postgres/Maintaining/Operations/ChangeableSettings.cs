namespace MnfstRag.Postgres.Maintaining;

/// <summary>The server settings that may be changed from here: those of the product's guide (<see cref="Advising.SettingsGuide"/>), and no other.</summary>
public static class ChangeableSettings
{
    /// <summary>The list that may gain pg_stat_statements and nothing else; it is never shortened.</summary>
    public const string Preload = "shared_preload_libraries";

    private static readonly string[] Sessions = ["work_mem", "maintenance_work_mem", "effective_cache_size", "random_page_cost", "effective_io_concurrency", "default_statistics_target"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "shared_buffers", "effective_cache_size", "work_mem", "maintenance_work_mem", "checkpoint_completion_target", "max_connections",
        "superuser_reserved_connections", Preload, "random_page_cost", "effective_io_concurrency", "default_statistics_target",
    ];

    /// <summary>Those that a role or a database can have of its own.</summary>
    public static IReadOnlyList<string> Scoped => Sessions;
}
