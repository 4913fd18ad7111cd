using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Data.Fencing;

/// <summary>
/// The roles of an environment's fence and sign-in function: those of the credentials that are set, else names of the environment's own, since
/// roles belong to a whole cluster and two environments may share one.
/// </summary>
public static class FenceRoles
{
    /// <summary>Of the tenants' fence.</summary>
    public static FenceNames Fence(Guid environmentId, DatabaseUrl? fence, DatabaseUrl? watch)
    {
        var reader = RoleOf(fence) ?? $"mnfst_admin_tenants_{Suffix(environmentId)}";
        return new FenceNames(reader) { Overseer = RoleOf(watch) is { } overseer && overseer != reader ? overseer : null };
    }

    /// <summary>Of the sign-in function.</summary>
    public static FenceNames SignIn(Guid environmentId, DatabaseUrl? signIn) =>
        SignInScript.Names(RoleOf(signIn) ?? $"mnfst_admin_sign_in_{Suffix(environmentId)}");

    // A pooler of Supabase is told the project after the role's name.
    private static string? RoleOf(DatabaseUrl? url) => url switch
    {
        { User: { Length: > 0 } user, Supabase: SupabaseForm.SessionPooler or SupabaseForm.TransactionPooler } when user.LastIndexOf('.') is > 0 and var dot => Usable(user[..dot]),
        { User: { Length: > 0 } user } => Usable(user),
        _ => null,
    };

    // With another the script could not be made; then the credential is not the fence's, and is shown as not fitting.
    private static string? Usable(string role) => role.Length <= 63 && !role.Contains('$', StringComparison.Ordinal) ? role : null;

    private static string Suffix(Guid environmentId) => environmentId.ToString("N")[^8..];
}
