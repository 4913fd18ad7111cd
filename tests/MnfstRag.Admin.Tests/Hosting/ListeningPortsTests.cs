using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using MnfstRag.Admin.Hosting;

namespace MnfstRag.Admin.Tests.Hosting;

public sealed class ListeningPortsTests
{
    [Fact]
    public void A_port_in_use_is_one_sentence_with_the_port_and_the_cure()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var fault = Assert.Throws<StartupException>(() => ListeningPorts.EnsureFree(Urls($"http://localhost:{port}")));

        Assert.Contains($"Port {port} is in use", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--urls", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:0")]
    [InlineData("http://+:0")]
    [InlineData("")]
    public void Addresses_that_take_any_port_pass(string urls) => ListeningPorts.EnsureFree(Urls(urls));

    private static IConfiguration Urls(string urls) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Urls", urls)]).Build();
}
