namespace MnfstRag.Admin.Tests.Live.Hosts;

/// <summary>One primary and its standby for all tests of <see cref="Name"/>, which leave both as they found them. They run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPair : IAsyncLifetime, ICollectionFixture<SharedPair>
{
    public const string Name = "one primary and its standby";

    private Pair? _pair;

    internal Pair Pair => _pair ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync() => _pair = await Pair.StartAsync();

    public async Task DisposeAsync() => await Pair.DisposeAsync();
}
