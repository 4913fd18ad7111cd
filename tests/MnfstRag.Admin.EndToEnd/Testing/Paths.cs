namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>Every page of the dashboard: a new one is added here and is then looked at by all that looks at every page.</summary>
internal static class Paths
{
    /// <summary>Pages of a signed-in administrator.</summary>
    public static TheoryData<string> Inside =>
    [
        "/",
        "/connections",
        "/queries",
        "/pools",
        "/indexes",
        "/tables",
        "/server",
        "/server/capabilities",
        "/topology",
        "/environments",
        "/settings",
        "/credentials",
        "/checklists",
        "/maintenance",
        "/maintenance/new",
        "/maintenance/scheduled",
        "/maintenance/history",
        "/maintenance/rules",
        "/maintenance/plan",
        "/health-check",
        "/alerts",
        "/alerts/rules",
        "/alerts/channels",
        "/tenants/fence",
        "/audit",
        "/users",
        "/account/manage",
        "/account/password",
        "/account/authenticator",
        "/account/passkeys",
        "/not-found",
    ];

    /// <summary>Pages of nobody.</summary>
    public static TheoryData<string> Outside => ["/account/sign-in", "/account/invitation"];
}
