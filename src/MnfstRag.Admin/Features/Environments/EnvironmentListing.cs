namespace MnfstRag.Admin.Features.Environments;

/// <summary>One environment in the list.</summary>
/// <param name="Id">Its id in the own store.</param>
/// <param name="Name">Its name.</param>
/// <param name="Latest">Its newest revision; null when nothing was saved yet.</param>
/// <param name="Errors">Errors of the rules that ask nobody.</param>
/// <param name="Warnings">Warnings of the same.</param>
/// <param name="Values">Every key as it may be shown: the value, or "secret, fingerprint 1a2b".</param>
/// <param name="IsConfigured">The configuration names it: it can be neither renamed nor removed here.</param>
public sealed record EnvironmentListing(Guid Id, string Name, RevisionRow? Latest, int Errors, int Warnings, IReadOnlyDictionary<string, string> Values, bool IsConfigured);
