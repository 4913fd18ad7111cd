using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class AllowListTests
{
    [Fact]
    public void Hosts_and_ports_are_read_as_addresses_write_them()
    {
        var listed = AllowList.Read("backend.internal:8000, 10.0.0.5:6432\n[fd00::1]:6432", out var faults);

        Assert.Empty(faults);
        Assert.Equal(["10.0.0.5:6432", "[fd00::1]:6432", "backend.internal:8000"], listed.Order(StringComparer.Ordinal));
        Assert.Contains(new DatabaseHost("BACKEND.internal", 8000).ToString(), listed);
        Assert.Contains(new DatabaseHost("fd00::1", 6432).ToString(), listed);
    }

    [Theory]
    [InlineData("backend")]
    [InlineData("backend:")]
    [InlineData(":8000")]
    [InlineData("backend:0")]
    [InlineData("backend:65536")]
    [InlineData("http://backend:8000")]
    [InlineData("fd00::1:6432")]
    [InlineData("*:80x")]
    public void What_is_no_host_and_port_is_named(string text)
    {
        Assert.Empty(AllowList.Read(text, out var faults));
        Assert.Contains(text, Assert.Single(faults), StringComparison.Ordinal);
    }
}
