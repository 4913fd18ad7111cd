using MnfstRag.Admin.Access;

namespace MnfstRag.Admin.Tests.Access;

public sealed class PermissionsTests
{
    [Fact]
    public void Every_permission_is_listed_so_that_a_page_can_ask_for_it() => Assert.Equal(
        typeof(Permissions).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        Permissions.All.Order(StringComparer.Ordinal));

    [Fact]
    public void An_administrator_may_do_everything_and_support_may_watch_dismiss_and_read_settings() =>
        Assert.Equal(
            (Permissions.All.Count, "alerts.handle,findings.dismiss,health.check,maintenance.plan,server.watch,settings.read,tenants.count", 0),
            (Roles.PermissionsOf([Roles.Administrator]).Count, string.Join(',', Roles.PermissionsOf([Roles.Support]).Order(StringComparer.Ordinal)), Roles.PermissionsOf(["Emperor"]).Count));
}
