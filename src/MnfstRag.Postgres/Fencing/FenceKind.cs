namespace MnfstRag.Postgres.Fencing;

/// <summary>What differs between the two scripts that are looked after in the same way: the tenants' fence and the door of product sign-in.</summary>
/// <param name="Subject">What it is called at the beginning of a sentence.</param>
/// <param name="Consequence">What is so while it does not hold.</param>
/// <param name="Absent">What is said where it was never applied.</param>
/// <param name="Version">The version that a new script has.</param>
/// <param name="Script">Makes the script.</param>
/// <param name="Invariants">What must hold, as SQL.</param>
/// <param name="Fault">What the product lacks for it, in words; null when nothing.</param>
internal sealed record FenceKind(
    string Subject,
    string Consequence,
    string Absent,
    int Version,
    Func<ProductSchema, FenceNames, FenceScript> Script,
    Func<ProductSchema, FenceNames, string> Invariants,
    Func<ProductSchema, string?> Fault)
{
    public static FenceKind Tenants { get; } = new(
        "The fence",
        "The tenant area is closed.",
        "Tenants are not fenced in this database. Their area stays closed until the fence's script has been reviewed and applied.",
        FenceScript.CurrentVersion,
        FenceScript.Create,
        FenceInvariants.Sql,
        _ => null);

    public static FenceKind SignIn { get; } = new(
        "The sign-in function",
        "Users of the product cannot sign in.",
        "The product's users cannot sign in here: the sign-in function's script has not been reviewed and applied.",
        SignInScript.CurrentVersion,
        SignInScript.Create,
        FenceInvariants.SignIn,
        SignInScript.FaultOf);
}
