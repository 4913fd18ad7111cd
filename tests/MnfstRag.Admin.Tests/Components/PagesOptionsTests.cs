using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Tests.Access;

namespace MnfstRag.Admin.Tests.Components;

public sealed class PagesOptionsTests
{
    [Fact]
    public void Every_faulty_key_is_named()
    {
        var found = new PagesOptionsValidator().Validate(null, new PagesOptions { KeptWhenLost = TimeSpan.Zero, MostLost = -1 });

        Assert.Equal(["Pages:KeptWhenLost", "Pages:MostLost"], found.Failures!.Select(fault => fault.Split(' ')[0]));
        Assert.True(new PagesOptionsValidator().Validate(null, new PagesOptions()).Succeeded);
    }

    [Fact]
    public async Task The_framework_keeps_lost_pages_as_long_and_as_many_as_it_is_told()
    {
        await using var host = await AccessHost.StartAsync(null, ("Pages:KeptWhenLost", "00:00:07"), ("Pages:MostLost", "5"));

        var circuits = host.Services.GetRequiredService<IOptions<CircuitOptions>>().Value;

        Assert.Equal((TimeSpan.FromSeconds(7), 5, 5), (circuits.DisconnectedCircuitRetentionPeriod, circuits.DisconnectedCircuitMaxRetained, circuits.PersistedCircuitInMemoryMaxRetained));
    }
}
