namespace MnfstRag.Postgres.Connecting;

/// <summary>Where a person lists the addresses that may be asked.</summary>
public static class ReachSettings
{
    /// <summary>The setting that holds an <see cref="AllowList"/>.</summary>
    public const string Key = "Outgoing:Allowed";
}
