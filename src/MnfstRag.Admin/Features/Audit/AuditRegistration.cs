namespace MnfstRag.Admin.Features.Audit;

/// <summary>The audit page.</summary>
public static class AuditRegistration
{
    /// <summary>Registers <see cref="AuditService"/>. Needs AddStore and AddAccess.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddScoped<AuditService>();
}
