using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Serving;

public sealed class PrivilegesRulesTests
{
    [Fact]
    public void A_superuser_sees_everything() => Given.Is(Verdict.Ok, PrivilegesCheck.Judge(Given.Superuser), "superuser");

    [Fact]
    public void A_monitor_sees_everything() => Given.Is(Verdict.Ok, PrivilegesCheck.Judge(Given.Monitor), "no superuser");

    [Fact]
    public void A_bare_role_is_told_the_grant() =>
        Given.Is(Verdict.Warning, PrivilegesCheck.Judge(Given.Bare), "pg_read_all_stats", "pg_read_all_settings", "GRANT pg_monitor TO \"bare\";");

    [Fact]
    public void A_role_of_any_name_gets_a_grant_that_runs() =>
        Given.Is(Verdict.Warning, PrivilegesCheck.Judge(Given.Bare with { Role = "we\"ird" }), "GRANT pg_monitor TO \"we\"\"ird\";");
}
