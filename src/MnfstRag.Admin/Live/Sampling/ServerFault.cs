namespace MnfstRag.Admin.Live.Sampling;

/// <summary>Why a server could not be read.</summary>
/// <param name="Words">What happened and what helps.</param>
/// <param name="Passing">A fault that may end any second and that costs nothing to try again: refused, starting up, slots gone.</param>
internal sealed record ServerFault(string Words, bool Passing);
