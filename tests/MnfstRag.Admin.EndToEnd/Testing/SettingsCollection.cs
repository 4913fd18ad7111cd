namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>Tests that add environments: they have a dashboard of their own, so that all others see one environment alone.</summary>
[CollectionDefinition(Name)]
public sealed class SettingsCollection : ICollectionFixture<DashboardFixture>
{
    public const string Name = "settings dashboard";
}
