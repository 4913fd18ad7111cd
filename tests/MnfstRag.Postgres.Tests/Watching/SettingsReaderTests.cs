using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class SettingsReaderTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Every_setting_is_what_the_role_sees_in_the_catalog(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsWatcherAsync();

        var reading = await watched.ReadAsync(SettingsReader.Instance);

        var rows = await asker.RowsAsync("SELECT name, setting, unit, boot_val, context, sourcefile, sourceline, pending_restart, current_setting(name, true) FROM pg_settings");
        Assert.Equal(rows.Select(row => (string)row[0]!).Order(StringComparer.Ordinal), reading.Settings.Keys.Order(StringComparer.Ordinal));
        foreach (var row in rows.Where(row => reading[(string)row[0]!]!.Withheld is null))
        {
            var setting = reading[(string)row[0]!]!;
            Assert.Equal(row, [setting.Name, setting.Value, setting.Unit, setting.Default, setting.Context, setting.File, setting.Line, setting.PendingRestart, setting.Text]);
        }

        // What nobody set is shown by the server itself as it is by itself, unit and all.
        var untouched = reading.Settings.Values.Where(one => one is { Source: "default", Unit: not null, Withheld: null } && one.Value == one.Default).ToList();
        Assert.True(untouched.Count > 40, $"{untouched.Count} settings were compared.");
        Assert.All(untouched, one => Assert.Equal(one.Text, one.DefaultText));
        Assert.Equal((kind != WatchingRole.Bare, "32MB", 32L << 20), (reading["shared_preload_libraries"] is not null, reading["shared_buffers"]!.Text, reading["shared_buffers"]!.Bytes!.Value));
        Assert.Equal(kind == WatchingRole.Superuser, reading.FileFaults is not null);
        Assert.InRange(reading.LoadedAt, TimeProvider.System.GetUtcNow().AddDays(-2), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Theory, ClassData(typeof(MnfstRag.Testing.PostgresVersions))]
    public async Task What_may_hold_a_password_and_what_is_our_own_is_not_read(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync($"ALTER DATABASE \"{watched.Database.Name}\" SET app.settings.jwt_secret = 'kelp-forest'");

        var reading = await watched.ReadAsync(SettingsReader.Instance);

        foreach (var name in new[] { "primary_conninfo", "archive_command", "restore_command", "ssl_passphrase_command" })
        {
            var setting = reading[name]!;
            Assert.Equal((null, null, null, true), (setting.Text, setting.Value, setting.Default, setting.Withheld!.Contains("password", StringComparison.Ordinal)));
        }

        // The server lists no setting that no module has declared; were it to, it would be withheld too.
        Assert.DoesNotContain("kelp-forest", string.Join('\n', reading.Settings.Values), StringComparison.Ordinal);
        Assert.All(new[] { "statement_timeout", "lock_timeout", "jit", "search_path" }, name => Assert.Contains("its own session", reading[name]!.Withheld!, StringComparison.Ordinal));
        Assert.False(reading["jit"]!.IsChanged);
        Assert.Null(reading["pg_stat_statements.max"]!.Withheld);
    }

    [Fact]
    public async Task An_edit_that_waits_for_a_restart_and_a_broken_line_are_told()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal) { ["shared_preload_libraries"] = "" });
        await File.AppendAllTextAsync(Path.Combine(server.DataDirectory, "postgresql.auto.conf"), "max_connections = '250'\nshared_preload_libraries = 'pg_stat_statements'\nwork_mem = 'much'\n");
        await using var watched = await Watched.StartAsync(server);
        var before = await watched.ReadAsync(SettingsReader.Instance);
        Assert.Empty(before.PendingRestart);
        Assert.Equal("pg_stat_statements", before.PreloadInFile);

        await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, "postgresql.auto.conf"), "max_connections = '250'\nshared_preload_libraries = 'pg_stat_statements'\n");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        var after = await watched.ReadUntilAsync(SettingsReader.Instance, reading => reading.PendingRestart.Count > 0);

        Assert.Equal("work_mem", Assert.Single(before.FileFaults!).Name);
        Assert.Equal(["max_connections", "shared_preload_libraries"], after.PendingRestart);
        Assert.Empty(after.FileFaults!);
    }
}
