namespace MnfstRag.Admin.Features.Fencing;

/// <summary>Whether the product's users shall be let in.</summary>
/// <param name="Enabled">They shall.</param>
/// <param name="Password">The person's own, again.</param>
public sealed record SignInOrder(bool Enabled, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => Enabled ? "enable" : "disable";
}
