using System.Net;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class ReachPolicyTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("2852039166")]
    [InlineData("0xA9FEA9FE")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::")]
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("100.100.100.200")]
    public void An_address_that_no_database_has_is_never_asked(string address)
    {
        Assert.NotNull(ReachPolicy.OwnMachine.Refusal(new DatabaseHost(address, null)));
        Assert.NotNull(ReachPolicy.OwnMachine.Refusal(new DatabaseHost("db.example.com", null), IPAddress.Parse(address)));
        Assert.NotNull((ReachPolicy.OwnMachine with { Listed = new HashSet<string> { $"{new DatabaseHost(address, null)}" } }).Refusal(new DatabaseHost(address, null)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("fd12::1")]
    public void Loopback_and_private_ranges_are_asked_by_a_person_or_when_listed_only(string address)
    {
        var host = new DatabaseHost(address, 5432);

        Assert.Null(ReachPolicy.OwnMachine.Refusal(host));
        Assert.NotNull(new ReachPolicy().Refusal(host));
        Assert.Null(new ReachPolicy { Listed = new HashSet<string> { host.ToString() } }.Refusal(host));
    }

    [Fact]
    public void A_list_lets_nothing_else_pass()
    {
        var policy = new ReachPolicy { Listed = new HashSet<string> { "db.example.com:5432" } };

        Assert.Null(policy.Refusal(new DatabaseHost("db.example.com", null)));
        Assert.NotNull(policy.Refusal(new DatabaseHost("db.example.com", 22)));
        Assert.NotNull(policy.Refusal(new DatabaseHost("93.184.216.34", 5432)));
        Assert.NotNull(ReachPolicy.OwnMachine.Refusal(new DatabaseHost("/var/run", null)));
    }
}
