namespace MnfstRag.Admin.Access.Pages;

/// <summary>Fields of the sign-in page.</summary>
public sealed class SignInForm
{
    public string? Name { get; set; }

    public string? Password { get; set; }
}
