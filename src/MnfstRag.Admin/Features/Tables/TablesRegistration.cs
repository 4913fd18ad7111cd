namespace MnfstRag.Admin.Features.Tables;

/// <summary>Tables: size, growth, vacuum, age.</summary>
public static class TablesRegistration
{
    /// <summary>Registers the page's service. Needs AddLive, AddAccess and the store's history.</summary>
    public static IServiceCollection AddTables(this IServiceCollection services) => services.AddScoped<TablesService>();
}
