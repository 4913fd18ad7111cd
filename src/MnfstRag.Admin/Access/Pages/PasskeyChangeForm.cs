namespace MnfstRag.Admin.Access.Pages;

/// <summary>Renames or removes one passkey.</summary>
public sealed class PasskeyChangeForm
{
    /// <summary>Base64url of its credential id.</summary>
    public string? Id { get; set; }

    public string? Name { get; set; }

    /// <summary>"rename" or "remove".</summary>
    public string? Action { get; set; }

    /// <summary>The account's password, asked again for a change.</summary>
    public string? Password { get; set; }
}
