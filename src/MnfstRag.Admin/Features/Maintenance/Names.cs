using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Names that a person types to confirm.</summary>
public static class Names
{
    /// <summary>The object as the catalog has it, unquoted; the setting or extension; the environment where it is about the whole server or several objects.</summary>
    public static string ToType(MaintenanceOperation operation, string environment) => operation switch
    {
        ChangeSetting setting => setting.Name,
        CreateExtension extension => extension.Name,
        UpdateExtension extension => extension.Name,
        { Target: { } target } => target.Name,
        _ => environment,
    };
}
