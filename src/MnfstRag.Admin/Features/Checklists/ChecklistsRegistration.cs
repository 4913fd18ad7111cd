namespace MnfstRag.Admin.Features.Checklists;

/// <summary>The guide's checklists.</summary>
public static class ChecklistsRegistration
{
    /// <summary>Registers the page's service. Needs AddStore, AddAccess and AddLive.</summary>
    public static IServiceCollection AddChecklists(this IServiceCollection services) => services.AddScoped<ChecklistsService>();
}
