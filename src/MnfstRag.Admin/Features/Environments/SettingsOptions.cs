namespace MnfstRag.Admin.Features.Environments;

/// <summary>Where the settings of environments may point at on this machine. Section <c>Settings</c>.</summary>
public sealed class SettingsOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Settings";

    /// <summary>The one folder in which certificates and keys of settings are looked for, after links are resolved; a relative one begins at the content root.</summary>
    public string CertificateDirectory { get; set; } = "certificates";
}
