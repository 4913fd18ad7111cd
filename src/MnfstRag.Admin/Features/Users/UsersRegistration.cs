namespace MnfstRag.Admin.Features.Users;

/// <summary>The users page.</summary>
public static class UsersRegistration
{
    /// <summary>Registers <see cref="UserService"/>. Needs AddStore and AddAccess.</summary>
    public static IServiceCollection AddUsers(this IServiceCollection services) => services.AddScoped<UserService>().AddScoped<TenantBindingService>();
}
