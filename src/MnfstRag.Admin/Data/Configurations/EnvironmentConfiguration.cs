using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class EnvironmentConfiguration : IEntityTypeConfiguration<EnvironmentRow>, IEntityTypeConfiguration<CredentialRow>
{
    public void Configure(EntityTypeBuilder<EnvironmentRow> builder)
    {
        builder.ToTable("environments", AdminDbContext.AdminSchema);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.HasIndex(row => row.Name).IsUnique();
        builder.HasMany(row => row.Credentials).WithOne().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CredentialRow> builder)
    {
        builder.ToTable("credentials", AdminDbContext.AdminSchema);
        builder.HasKey(row => new { row.EnvironmentId, row.Kind });
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(20);
    }
}
