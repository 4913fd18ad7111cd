namespace MnfstRag.Admin.Access.Pages;

/// <summary>A code, and the password where a change asks for it again.</summary>
public sealed class CodeForm
{
    public string? Code { get; set; }

    public string? Password { get; set; }
}
