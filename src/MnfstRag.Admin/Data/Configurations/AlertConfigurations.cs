using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Data.Configurations;

internal sealed class AlertConfigurations :
    IEntityTypeConfiguration<AlertRow>,
    IEntityTypeConfiguration<AlertRuleRow>,
    IEntityTypeConfiguration<AlertMuteRow>,
    IEntityTypeConfiguration<AlertChannelRow>,
    IEntityTypeConfiguration<AlertDeliveryRow>
{
    public void Configure(EntityTypeBuilder<AlertRow> builder)
    {
        builder.ToTable("alerts", AdminDbContext.AdminSchema);
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);

        // Two instances that both believe to lead cannot raise the same alert twice.
        builder.HasIndex(row => new { row.EnvironmentId, row.Rule, row.Object }).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasIndex(row => row.RaisedAt);
        builder.HasIndex(row => row.EndedAt);
    }

    public void Configure(EntityTypeBuilder<AlertRuleRow> builder)
    {
        builder.ToTable("alert_rules", AdminDbContext.AdminSchema);
        builder.HasKey(row => new { row.EnvironmentId, row.Rule });
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AlertMuteRow> builder)
    {
        builder.ToTable("alert_mutes", AdminDbContext.AdminSchema);
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AlertChannelRow> builder)
    {
        builder.ToTable("alert_channels", AdminDbContext.AdminSchema);
        builder.HasOne<EnvironmentRow>().WithMany().HasForeignKey(row => row.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AlertDeliveryRow> builder)
    {
        builder.ToTable("alert_deliveries", AdminDbContext.AdminSchema);
        builder.HasOne<AlertChannelRow>().WithMany().HasForeignKey(row => row.ChannelId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.DueAt).HasFilter("delivered_at IS NULL AND given_up_at IS NULL");
        builder.HasIndex(row => row.MadeAt);
    }
}
