namespace MnfstRag.Postgres.Validating;

/// <summary>What a setting's value is.</summary>
public enum SettingType
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>true or false, as Pydantic reads them.</summary>
    Boolean,

    /// <summary>The address of a database.</summary>
    DatabaseUrl,

    /// <summary>Addresses of databases, separated by commas or line ends.</summary>
    DatabaseUrls,

    /// <summary>libpq's sslmode.</summary>
    SslMode,

    /// <summary>The path of a file.</summary>
    FilePath,

    /// <summary>A level of Python's logging.</summary>
    LogLevel,

    /// <summary>An algorithm that signs tokens.</summary>
    JwtAlgorithm,

    /// <summary>Web origins, separated by commas or as a JSON list.</summary>
    Origins,

    /// <summary>An environment's name.</summary>
    EnvironmentName,

    /// <summary>An http(s) address.</summary>
    WebAddress,
}
