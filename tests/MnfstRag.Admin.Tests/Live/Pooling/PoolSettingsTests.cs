using Microsoft.Extensions.Configuration;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Tests.Live.Pooling;

public sealed class PoolSettingsTests
{
    [Fact]
    public void What_is_set_is_read_and_what_is_not_is_absent()
    {
        var faults = new List<string>();
        var sources = PoolSettings.Read(Configured(("Backend", "http://a:8000, https://b/api"), ("PgBouncer", "postgresql://stats:pw@bouncer/"), ("Pool:Size", "5"), ("Pool:Overflow", "-1"), ("Pool:Workers", "4")), faults);

        Assert.Empty(faults);
        Assert.Equal(["http://a:8000/", "https://b/api"], sources.Backends.Select(address => address.AbsoluteUri));
        Assert.Equal("stats@bouncer:6432", sources.PgBouncer!.ToString());
        Assert.Equal(new PoolPlan(5, -1, 4, 2), sources.Plan);
        Assert.Equal((null, null, 0), Nothing());

        (PoolPlan?, PgBouncerAddress?, int) Nothing()
        {
            var nothing = PoolSettings.Read(Configured(("Watch", "postgresql://x@y/z")), faults);
            return (nothing.Plan, nothing.PgBouncer, nothing.Backends.Count);
        }
    }

    [Fact]
    public void Every_fault_is_named_with_its_key_and_no_secret_is_repeated()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Environments:production:Backend"] = "http://a:8000 ftp://b http://user:hunter2@c",
            ["Environments:production:PgBouncer"] = "postgresql://stats:hunter2@bouncer/mnfst_rag",
            ["Environments:production:Pool:Size"] = "many",
            ["Environments:production:Pool:Workers"] = "0",
            ["Environments:production:Pool:Threads"] = "4",
        }).Build();

        var result = new OutgoingOptionsValidator(configuration).Validate(null, new OutgoingOptions { Allowed = "a:8000,b" });

        var words = string.Join('\n', result.Failures!);
        foreach (var key in new[] { "Outgoing:Allowed", "production:Backend: address 2", "production:Backend: address 3", "production:PgBouncer", "Pool:Size", "Pool:Overflow", "Pool:Workers", "Pool:Threads" })
        {
            Assert.Contains(key, words, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("hunter2", words, StringComparison.Ordinal);
        Assert.Equal(8, result.Failures!.Count());
    }

    private static IConfigurationSection Configured(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.ToDictionary(pair => $"Environments:production:{pair.Key}", pair => (string?)pair.Value))
        .Build()
        .GetSection("Environments:production");
}
