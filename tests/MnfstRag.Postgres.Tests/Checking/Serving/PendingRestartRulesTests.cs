using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Serving;

public sealed class PendingRestartRulesTests
{
    private readonly PendingRestartCheck check = new();

    [Fact]
    public void Nothing_waits() => Given.Is(Verdict.Ok, check.Judge([], Given.Monitor));

    [Fact]
    public void What_a_bare_role_cannot_see_is_not_called_healthy() => Given.Is(Verdict.Skipped, check.Judge([], Given.Bare), "GRANT pg_monitor");

    [Fact]
    public void A_waiting_setting_is_named() => Given.Is(Verdict.Warning, check.Judge(["max_connections"], Given.Bare), "max_connections");
}
