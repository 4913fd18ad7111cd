namespace MnfstRag.Postgres.Connecting;

/// <summary>The part of a DATABASE_URL that a fault is about.</summary>
public enum DatabaseUrlPart
{
    /// <summary>The text as a whole.</summary>
    Text,

    /// <summary>What stands before <c>://</c>.</summary>
    Scheme,

    /// <summary>The user.</summary>
    User,

    /// <summary>The password.</summary>
    Password,

    /// <summary>A host.</summary>
    Host,

    /// <summary>A port.</summary>
    Port,

    /// <summary>The database.</summary>
    Database,

    /// <summary>A parameter after the question mark, or a setting of the key=value form.</summary>
    Parameter,
}
