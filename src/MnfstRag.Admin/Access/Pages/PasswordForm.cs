namespace MnfstRag.Admin.Access.Pages;

/// <summary>A new password, twice, and the current one.</summary>
public sealed class PasswordForm
{
    public string? Current { get; set; }

    public string? New { get; set; }

    public string? Repeated { get; set; }
}
