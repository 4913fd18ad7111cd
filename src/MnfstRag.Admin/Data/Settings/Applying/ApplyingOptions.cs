namespace MnfstRag.Admin.Data.Settings.Applying;

/// <summary>Where settings may be applied to on this machine. Section <c>Applying</c>.</summary>
public sealed class ApplyingOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Applying";

    /// <summary>Folders in which .env files may be written, several apart by semicolon; none means that no file is written.</summary>
    public string? Folders { get; set; }

    /// <summary>The folders, as they are written.</summary>
    public IReadOnlyList<string> All => (Folders ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
