using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class AllowedHostConfiguration : IEntityTypeConfiguration<AllowedHostRow>
{
    public void Configure(EntityTypeBuilder<AllowedHostRow> builder)
    {
        builder.ToTable("allowed_hosts", AdminDbContext.AdminSchema);
        builder.HasKey(row => row.Host);
        builder.Property(row => row.Host).HasMaxLength(300);
    }
}
