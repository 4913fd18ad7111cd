using System.Globalization;

namespace MnfstRag.Postgres.Validating;

/// <summary>Whether a role may do what its credential is for, and no more than that.</summary>
internal static class PurposeJudge
{
    private const string Rule = "live-privileges";

    /// <summary>Findings; an error means that the credential must not be used for it.</summary>
    public static IEnumerable<Finding> Judge(CredentialPurpose purpose, string key, RolePowers role, PoolerFound pooler) => purpose switch
    {
        CredentialPurpose.Watch => Watch(key, role),
        CredentialPurpose.Maintain => Maintain(key, role, pooler),
        CredentialPurpose.Fence => Confined(key, role, "The tenant area", "The fence's script makes a role that reads its views alone."),
        CredentialPurpose.SignIn => [.. Confined(key, role, "Product sign-in", "GRANT EXECUTE on the one function to a role of its own."), .. Function(key, role)],
        _ => [],
    };

    private static IEnumerable<Finding> Watch(string key, RolePowers role)
    {
        if (role.IsSuperuser)
        {
            yield return Finding.Warning(key, Rule, "The role is a superuser: watching needs far less, and its password lies in this dashboard.", "CREATE ROLE … LOGIN; GRANT pg_monitor TO it.");
            yield break;
        }

        yield return role.Monitors
            ? Finding.Note(key, Rule, "The role is a member of pg_monitor: it sees every session, statement and setting.")
            : Finding.Warning(key, Rule, "The role is no member of pg_monitor: sessions and statements of other roles are hidden from it.", $"GRANT pg_monitor TO {Quoted(role)};");
        if (role.Writable > 0)
        {
            yield return Finding.Warning(key, Rule, Text($"The role may change {role.Writable} of the product's {role.Tables} tables, and watching only reads."), "Use a role of its own for watching.");
        }
    }

    private static IEnumerable<Finding> Maintain(string key, RolePowers role, PoolerFound pooler)
    {
        if (pooler is not PoolerFound.None)
        {
            yield return Finding.Error(key, "live-pooler", "A pooler stands in between. Maintenance needs the server itself: VACUUM, REINDEX and signals go by the session.", "Write the server's direct address.");
        }

        if (role.IsSuperuser)
        {
            yield return Finding.Warning(key, Rule, "The role is a superuser: it can do all that maintenance needs, and everything else.", "Use the owner of the product's tables, or a member of pg_maintain (17 and later).");
            yield break;
        }

        yield return role.Signals
            ? Finding.Note(key, Rule, "The role may cancel and terminate sessions of ordinary roles (pg_signal_backend).")
            : Finding.Warning(key, Rule, "The role may not cancel or terminate sessions of other roles.", $"GRANT pg_signal_backend TO {Quoted(role)};");
        yield return role.Maintains || (role.Tables > 0 && role.Owned == role.Tables)
            ? Finding.Note(key, Rule, "The role may vacuum, analyze and rebuild the product's tables and indexes.")
            : Finding.Warning(key, Rule, Text($"The role owns {role.Owned} of the product's {role.Tables} tables and is no member of pg_maintain: the server refuses it maintenance of the others."), $"From 17 on: GRANT pg_maintain TO {Quoted(role)}; before: make it a member of the tables' owner.");
    }

    /// <summary>A role that stands before tenants' data may reach it by its one way alone.</summary>
    private static IEnumerable<Finding> Confined(string key, RolePowers role, string what, string remedy)
    {
        if (role.IsSuperuser || role.BypassesRowSecurity)
        {
            yield return Finding.Error(key, Rule, $"The role {(role.IsSuperuser ? "is a superuser" : "bypasses row security")}: {what.ToLowerInvariant()} must not use it, because nothing would hold it back.", remedy);
        }
        else if (role.Readable > 0)
        {
            yield return Finding.Error(key, Rule, Text($"The role may read {role.Readable} of the product's {role.Tables} tables directly, every tenant's rows included. {what} must not use it."), remedy);
        }
        else
        {
            yield return Finding.Note(key, Rule, "The role may read none of the product's tables directly.");
        }
    }

    private static IEnumerable<Finding> Function(string key, RolePowers role) => role.Functions == 0
        ? [Finding.Warning(key, Rule, "There is no SECURITY DEFINER function that the role may run: nobody of the product can sign in yet.", "Run the sign-in script as the owner of the product's tables.")]
        : [Finding.Note(key, Rule, Text($"The role may run {role.Functions} SECURITY DEFINER {(role.Functions == 1 ? "function" : "functions")}."))];

    private static string Quoted(RolePowers role) => role.Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
        ? role.Name
        : $"\"{role.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
