namespace MnfstRag.Admin.Access.Accounts;

/// <summary>What an authenticator app needs to be set up.</summary>
/// <param name="Key">The key in groups of four, to be typed.</param>
/// <param name="Picture">The same as a QR code: a data: URL of an SVG.</param>
public sealed record AuthenticatorSetup(string Key, string Picture);
