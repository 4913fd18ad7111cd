namespace MnfstRag.Admin.Benchmarks.Reporting;

/// <summary>What was wished for, and what was found.</summary>
/// <param name="Wish">The limit in words.</param>
/// <param name="Found">The measured value in words.</param>
/// <param name="Met">Whether it holds.</param>
internal sealed record Goal(string Wish, string Found, bool Met);
