using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What is said of each of the four credentials, and the script that makes its role.</summary>
internal static class CredentialWords
{
    /// <summary>"watch", as findings and audit rows name it.</summary>
    public static string Name(CredentialKind kind) => kind == CredentialKind.SignIn ? "sign-in" : kind.ToString().ToLowerInvariant();

    /// <summary>What it is for, and what is missing without it.</summary>
    public static string Purpose(CredentialKind kind) => kind switch
    {
        CredentialKind.Watch => "Samplers and pages read with it, and change nothing. Without it this environment is not watched.",
        CredentialKind.Maintain => "Cancels and terminates sessions, and runs maintenance. It needs a direct address. Without it both say so and do nothing.",
        CredentialKind.Fence => "Reads tenants' rows through the fence's views, one tenant at a time. Without it the tenant area stays closed.",
        _ => "Looks up a product account at sign-in, through one function. Without it only accounts of this dashboard sign in.",
    };

    /// <summary>How its role is made; null where a script of its own page does that.</summary>
    public static string? Script(CredentialKind kind) => kind switch
    {
        CredentialKind.Watch => """
            CREATE ROLE mnfst_watch LOGIN PASSWORD 'choose-one';
            GRANT pg_monitor TO mnfst_watch;
            """,
        CredentialKind.Maintain => """
            CREATE ROLE mnfst_maintain LOGIN PASSWORD 'choose-one';
            GRANT pg_signal_backend, pg_read_all_stats TO mnfst_maintain;
            -- PostgreSQL 17 and later; before, GRANT the owner of the product's tables
            GRANT pg_maintain TO mnfst_maintain;
            """,
        _ => null,
    };

    /// <summary>What the probe is told.</summary>
    public static CredentialPurpose PurposeOf(CredentialKind kind) => kind switch
    {
        CredentialKind.Watch => CredentialPurpose.Watch,
        CredentialKind.Maintain => CredentialPurpose.Maintain,
        CredentialKind.Fence => CredentialPurpose.Fence,
        _ => CredentialPurpose.SignIn,
    };
}
