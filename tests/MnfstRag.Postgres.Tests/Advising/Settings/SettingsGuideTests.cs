using System.Collections.Immutable;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Advising.Settings;

public sealed class SettingsGuideTests
{
    private static readonly MachineMemory Sixteen = new(16L << 30, "stated");

    [Theory]
    [InlineData("shared_buffers", "524288", "8kB", SettingVerdict.AsAdvised, null)]
    [InlineData("shared_buffers", "16384", "8kB", SettingVerdict.Worse, "ALTER SYSTEM SET shared_buffers = '4096MB';")]
    [InlineData("shared_buffers", "1048576", "8kB", SettingVerdict.Worse, "ALTER SYSTEM SET shared_buffers = '4096MB';")]
    [InlineData("effective_cache_size", "1572864", "8kB", SettingVerdict.AsAdvised, null)]
    [InlineData("effective_cache_size", "524288", "8kB", SettingVerdict.Worse, "ALTER SYSTEM SET effective_cache_size = '12288MB';\nSELECT pg_reload_conf();")]
    [InlineData("work_mem", "4096", "kB", SettingVerdict.AsAdvised, null)]
    [InlineData("work_mem", "1024", "kB", SettingVerdict.Worse, "ALTER SYSTEM SET work_mem = '4MB';\nSELECT pg_reload_conf();")]
    [InlineData("work_mem", "65536", "kB", SettingVerdict.Differs, null)]
    [InlineData("work_mem", "131072", "kB", SettingVerdict.Worse, "ALTER SYSTEM SET work_mem = '4MB';\nSELECT pg_reload_conf();")]
    [InlineData("maintenance_work_mem", "1048576", "kB", SettingVerdict.Differs, null)]
    [InlineData("checkpoint_completion_target", "0.5", null, SettingVerdict.Worse, "ALTER SYSTEM SET checkpoint_completion_target = 0.9;\nSELECT pg_reload_conf();")]
    [InlineData("max_connections", "60", null, SettingVerdict.Differs, null)]
    [InlineData("random_page_cost", "4", null, SettingVerdict.Worse, "ALTER SYSTEM SET random_page_cost = 1.1;\nSELECT pg_reload_conf();")]
    [InlineData("random_page_cost", "1.5", null, SettingVerdict.Differs, null)]
    [InlineData("effective_io_concurrency", "16", null, SettingVerdict.Differs, null)]
    [InlineData("effective_io_concurrency", "1", null, SettingVerdict.Worse, "ALTER SYSTEM SET effective_io_concurrency = 200;\nSELECT pg_reload_conf();")]
    [InlineData("shared_preload_libraries", "auto_explain, \"pg_stat_statements\"", null, SettingVerdict.AsAdvised, null)]
    [InlineData("shared_preload_libraries", "auto_explain", null, SettingVerdict.Worse, "ALTER SYSTEM SET shared_preload_libraries = 'auto_explain', 'pg_stat_statements';")]
    public void A_setting_is_held_against_the_guide(string name, string value, string? unit, SettingVerdict expected, string? sql)
    {
        var advice = SettingsGuide.Judge(Reading(Setting(name, value, unit), Setting("max_connections", "100", null)), Sixteen).Single(one => one.Name == name && one.Now is not null);

        Assert.Equal((expected, sql), (advice.Verdict, advice.Sql));
    }

    [Fact]
    public void Without_the_machines_memory_nothing_is_guessed()
    {
        var advice = SettingsGuide.Judge(Reading(Setting("shared_buffers", "16384", "8kB"), Setting("effective_cache_size", "16384", "8kB")), null);

        Assert.All(advice.Take(2), one => Assert.Equal((SettingVerdict.Unknown, null), (one.Verdict, one.Sql)));
        Assert.DoesNotContain(SettingsRules.Of(Reading(Setting("shared_buffers", "16384", "8kB")), null), finding => finding.Key == "settings.guide");
    }

    [Fact]
    public void What_the_role_does_not_see_is_unknown_and_no_fault()
    {
        var advice = SettingsGuide.Judge(Reading(), Sixteen);

        Assert.All(advice, one => Assert.Equal((SettingVerdict.Unknown, null, null), (one.Verdict, one.Sql, one.Now)));
        Assert.Empty(SettingsRules.Of(Reading(), Sixteen));
    }

    [Fact]
    public void Findings_name_what_is_unsafe_what_waits_and_what_is_refused()
    {
        var reading = Reading(Setting("fsync", "off", null), Setting("max_connections", "100", null) with { PendingRestart = true }) with
        {
            FileFaults = [new SettingsFileFault("/data/postgresql.conf", 12, "work_mem", "invalid value")],
        };

        var findings = SettingsRules.Of(reading, Sixteen).ToDictionary(finding => finding.Key, StringComparer.Ordinal);

        Assert.Equal(FindingLevel.Critical, findings["settings.unsafe:fsync"].Level);
        Assert.Contains("max_connections (now 100)", findings["settings.pending-restart"].Evidence, StringComparison.Ordinal);
        Assert.Contains("line 12: invalid value", findings["settings.file:/data/postgresql.conf:work_mem"].Evidence, StringComparison.Ordinal);
        Assert.Equal(3, findings.Count);
    }

    private static SettingsReading Reading(params ServerSetting[] settings) =>
        new(DateTimeOffset.UnixEpoch, settings.DistinctBy(setting => setting.Name).ToImmutableDictionary(setting => setting.Name, StringComparer.Ordinal), null, null);

    private static ServerSetting Setting(string name, string value, string? unit) =>
        new(name, value, value, unit, "", "", name is "shared_buffers" or "max_connections" or "shared_preload_libraries" ? "postmaster" : "user", "configuration file", null, null, null, false, null);
}
