using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// The one function through which users of the product sign in, as a script that a person reviews: it gives id, tenant, role and
/// password hash of the users with one e-mail address, to one role that may do nothing else. Run in one transaction, all or nothing;
/// run again it replaces what stands. The product's tables are not altered and never written.
/// </summary>
public static class SignInScript
{
    /// <summary>Raised whenever the script changes in a way that an older one lacks.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The function, in the schema of <see cref="Names"/>.</summary>
    internal const string Function = "accounts";

    /// <summary>Most users that one call gives: an e-mail address is not unique in the product.</summary>
    internal const int Most = 6;

    /// <summary>Columns of users that the function's owner may read.</summary>
    internal static readonly string[] Columns = ["id", "email", "role", "tenant_id", "password_hash"];

    private const string Policy = "mnfst_admin_sign_in";

    /// <summary>What its objects are called, for <paramref name="reader"/>, the sign-in credential's role.</summary>
    public static FenceNames Names(string reader) => new(reader) { Schema = "mnfst_admin_sign_in", Owner = "mnfst_admin_sign_in_owner" };

    /// <summary>Why there is nothing to sign in with; null when there is.</summary>
    public static string? FaultOf(ProductSchema product) => product.Tables["users"].Has("password_hash")
        ? null
        : $"Table {product.Name}.users has no column password_hash: this database keeps no passwords, so its users cannot sign in here. Give tenant admins a local account with a tenant under Users.";

    /// <summary>Makes the function, or makes it anew.</summary>
    /// <exception cref="InvalidOperationException">There is no password to compare with: <see cref="FaultOf"/> says why.</exception>
    public static FenceScript Create(ProductSchema product, FenceNames names) => FaultOf(product) is { } fault
        ? throw new InvalidOperationException(fault)
        : FenceScript.Of(
            string.Create(CultureInfo.InvariantCulture, $"The sign-in function for the product's users, version {CurrentVersion}, over {SqlName.Of(product.Name, "users")}, for role {names.QuotedReader}"),
            CurrentVersion,
            names,
            [.. FenceSteps.Begin(), FenceSteps.Roles(names), FenceSteps.Connect(names), FenceSteps.Borrow(names), FenceSteps.Clear(names)],
            [.. Build(product, names)],
            [FenceSteps.Return(names), FenceSteps.Assert(FenceInvariants.SignIn(product, names))]);

    /// <summary>Takes it away: function, policy, grants, and its owner where no other database of the cluster needs it.</summary>
    public static FenceScript Remove(FenceNames names) => FenceScript.Remove(names, $"Remove the sign-in function, schema {names.QuotedSchema}");

    private static IEnumerable<FenceStep> Build(ProductSchema product, FenceNames names)
    {
        var users = SqlName.Of(product.Name, "users");
        var function = $"{names.Of(Function)}(text)";
        yield return new("The function's owner may read these columns of users and nothing else.", $"GRANT USAGE ON SCHEMA {SqlName.Of(product.Name)} TO {names.QuotedOwner}");
        yield return new("password_hash is compared by the dashboard and never kept.", $"GRANT SELECT ({string.Join(", ", Columns.Select(SqlName.Of))}) ON TABLE {users} TO {names.QuotedOwner}");
        if (product.Tables["users"].RowSecurity)
        {
            yield return new(
                "Row level security is on for users: this policy is for the function's owner alone.",
                $"CREATE POLICY {Policy} ON {users} AS PERMISSIVE FOR SELECT TO {names.QuotedOwner} USING (true)");
        }

        yield return new("A schema of its own.", $"CREATE SCHEMA {names.QuotedSchema} AUTHORIZATION {names.QuotedOwner}");
        yield return new(
            "Users with one e-mail address, as typed or in lower case; those who administer first.",
            $"""
            CREATE FUNCTION {names.Of(Function)} (address text) RETURNS TABLE (id uuid, tenant uuid, role text, hash text)
            LANGUAGE sql STABLE SECURITY DEFINER PARALLEL UNSAFE
            SET search_path = pg_catalog, pg_temp
            AS $fence$
              SELECT u.id, u.tenant_id, lower(u.role::text), u.password_hash::text
              FROM {users} AS u
              WHERE u.email IN (address, lower(address))
              ORDER BY lower(u.role::text) NOT IN ('superadmin', 'tenant_admin'), u.id
              LIMIT {Most}
            $fence$
            """);
        yield return new("Run with the owner's rights.", $"ALTER FUNCTION {function} OWNER TO {names.QuotedOwner}");
        yield return FenceSteps.Rights(names);
        yield return new("The sign-in role may look into the schema", $"GRANT USAGE ON SCHEMA {names.QuotedSchema} TO {names.QuotedReader}");
        yield return new("and call the function.", $"GRANT EXECUTE ON FUNCTION {function} TO {names.QuotedReader}");
    }
}
