using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class AdminUserConfiguration : IEntityTypeConfiguration<AdminUser>
{
    public void Configure(EntityTypeBuilder<AdminUser> builder)
    {
        builder.ToTable("users", AdminDbContext.IdentitySchema);
        builder.Property(user => user.UserName).IsRequired();
        builder.Property(user => user.NormalizedUserName).IsRequired();
        builder.Property(user => user.SecurityStamp).IsRequired();
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(user => user.TenantEnvironmentId).OnDelete(DeleteBehavior.SetNull);
    }
}
