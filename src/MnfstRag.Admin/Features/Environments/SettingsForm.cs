namespace MnfstRag.Admin.Features.Environments;

/// <summary>As what settings are handed out.</summary>
public enum SettingsForm
{
    /// <summary>The .env file, to the character.</summary>
    Env,

    /// <summary>JSON for an appsettings file: one member a key.</summary>
    AppSettings,

    /// <summary>export statements for a POSIX shell.</summary>
    Shell,
}
