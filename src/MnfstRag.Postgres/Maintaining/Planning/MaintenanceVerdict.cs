using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a plan advises.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaintenanceVerdict>))]
public enum MaintenanceVerdict
{
    /// <summary>Nothing speaks against it.</summary>
    Go,

    /// <summary>It can be run, and a person should read why care is needed.</summary>
    GoWithCare,

    /// <summary>It cannot succeed as things are, or must not be tried.</summary>
    No,
}
