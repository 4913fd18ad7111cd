using Bunit;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>VACUUM's options as a form: what the version has, and the operation that comes of it.</summary>
public sealed class VacuumFieldsTests : BunitContext
{
    private static readonly MaintenanceTarget Table = new(7, "public", "documents", MaintenanceTargetKind.Table);

    [Theory]
    [InlineData(14, false, false)]
    [InlineData(15, false, false)]
    [InlineData(16, true, false)]
    [InlineData(17, true, false)]
    [InlineData(18, true, true)]
    public void What_the_version_has_not_is_not_offered(int major, bool has16, bool has18)
    {
        var fields = Render<VacuumFields>(parameters => parameters.Add(one => one.Form, new VacuumForm()).Add(one => one.Major, major));

        foreach (var (option, offered) in new[]
                 {
                     ("FREEZE", true), ("SKIP_LOCKED", true), ("DISABLE_PAGE_SKIPPING", true), ("INDEX_CLEANUP", true), ("TRUNCATE", true), ("PROCESS_TOAST", true), ("PARALLEL", true), ("FULL", true),
                     ("SKIP_DATABASE_STATS", has16), ("PROCESS_MAIN", has16), ("BUFFER_USAGE_LIMIT", has16), ("ONLY", has18),
                 })
        {
            Assert.True(offered == fields.Find("*").ParentElement!.TextContent.Split(' ', '(', ')', ':', '\n').Contains(option, StringComparer.Ordinal), $"{option} on {major}");
        }
    }

    [Fact]
    public void A_rewrite_has_no_use_for_what_a_plain_vacuum_can_be_told()
    {
        var form = new VacuumForm { Full = true, Analyze = false, Parts = "toast", IndexCleanup = "off", Truncate = "on", Workers = "4", BufferLimit = "2048", EveryPage = true };
        var fields = Render<VacuumFields>(parameters => parameters.Add(one => one.Form, form).Add(one => one.Major, 18));
        Assert.Empty(fields.FindAll("select"));
        Assert.Equal(new VacuumTable(Table) { Full = true }, form.Of(Table));

        form.Full = false;
        Assert.Equal(new VacuumTable(Table) { SkipMain = true, IndexCleanup = false, Truncate = true, Workers = 4, BufferLimitKilobytes = 2048, EveryPage = true }, form.Of(Table));
    }
}
