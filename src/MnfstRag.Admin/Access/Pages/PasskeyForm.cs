namespace MnfstRag.Admin.Access.Pages;

/// <summary>A passkey's answer, put into the form by passkey.js.</summary>
public sealed class PasskeyForm
{
    /// <summary>The credential as JSON (WebAuthn's toJSON).</summary>
    public string? Credential { get; set; }

    /// <summary>What the person calls it.</summary>
    public string? Name { get; set; }

    /// <summary>The account's password, asked again for a change.</summary>
    public string? Password { get; set; }
}
