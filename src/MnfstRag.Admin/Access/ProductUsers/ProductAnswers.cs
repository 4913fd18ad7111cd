namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>What the environments that let the product's users in said about an e-mail address.</summary>
/// <param name="Address">The address as typed: the product tells capital letters apart, and so is it asked again.</param>
/// <param name="Candidates">At most five, those who administer first.</param>
/// <param name="Away">An environment's database did not answer.</param>
internal sealed record ProductAnswers(string Address, IReadOnlyList<ProductCandidate> Candidates, bool Away);
