namespace MnfstRag.Admin.Features.Users;

/// <summary>A link that exists on this page only: it is not kept and not shown again.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Url">Its address, token included.</param>
public sealed record OneTimeLinkShown(string Title, string Url);
