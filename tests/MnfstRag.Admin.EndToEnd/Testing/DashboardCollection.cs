namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>Tests that share one dashboard.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardCollection : ICollectionFixture<DashboardFixture>
{
    public const string Name = "dashboard";
}
