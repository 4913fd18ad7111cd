using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Data.Settings.Applying;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Tests.Data.Settings.Applying;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EnvFileTargetTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mnfst-apply-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly string _folder;
    private readonly string _path;
    private readonly EnvFileTarget _target;

    public EnvFileTargetTests()
    {
        _folder = Directory.CreateDirectory(Path.Combine(_root, "backend")).FullName;
        _path = Path.Combine(_folder, ".env.production");
        _target = new EnvFileTarget(Options.Create(new ApplyingOptions { Folders = $"/nowhere; {_folder}/" }), _clock);
    }

    public void Dispose()
    {
        _target.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_new_file_is_written_to_the_byte_for_its_owner_alone_and_nothing_else_is_left()
    {
        var text = "\uFEFF# pool\r\nDB_POOL_SIZE=5\r\n\r\nexport A='ü'";
        var seen = await _target.LookAsync(_path);
        Assert.Equal((null, "", null), (seen.File, seen.Mark, seen.Fault));
        Assert.Equal(new EnvFileApplied(null, null), await _target.ApplyAsync(_path, EnvFile.Parse(text), seen.Mark));
        Assert.Equal(EnvFile.Parse(text).ToBytes(), await File.ReadAllBytesAsync(_path));
        AssertOwnerOnly(_path);
        Assert.Equal([_path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task What_stood_there_is_kept_beside_it_and_only_the_newest_five_of_those()
    {
        await File.WriteAllTextAsync(_path, "A=0\n");
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        for (var number = 1; number <= 7; number++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            var applied = await _target.ApplyAsync(_path, EnvFile.Parse($"A={number}\n"), (await _target.LookAsync(_path)).Mark);
            Assert.Null(applied.Fault);
            Assert.Equal($"A={number - 1}\n", await File.ReadAllTextAsync(Path.Combine(_folder, applied.Backup!)));
            AssertOwnerOnly(Path.Combine(_folder, applied.Backup!));
        }

        AssertOwnerOnly(_path);
        Assert.Equal(["A=2\n", "A=3\n", "A=4\n", "A=5\n", "A=6\n"], Directory.GetFiles(_folder, "*.backup-*").Order(StringComparer.Ordinal).Select(File.ReadAllText));
    }

    [Fact]
    public async Task A_file_that_was_changed_or_made_meanwhile_is_left_alone()
    {
        var nothing = await _target.LookAsync(_path);
        await File.WriteAllTextAsync(_path, "A=theirs\n");
        Assert.Contains("changed meanwhile", (await _target.ApplyAsync(_path, EnvFile.Parse("A=mine\n"), nothing.Mark)).Fault, StringComparison.Ordinal);
        var seen = await _target.LookAsync(_path);
        await File.WriteAllTextAsync(_path, "A=theirs again\n");
        Assert.Contains("changed meanwhile", (await _target.ApplyAsync(_path, EnvFile.Parse("A=mine\n"), seen.Mark)).Fault, StringComparison.Ordinal);
        Assert.Equal("A=theirs again\n", await File.ReadAllTextAsync(_path));
        Assert.Equal([_path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Of_two_that_saw_the_same_state_one_writes_and_the_other_is_told()
    {
        var seen = await _target.LookAsync(_path);
        var both = await Task.WhenAll(_target.ApplyAsync(_path, EnvFile.Parse("A=1\n"), seen.Mark), _target.ApplyAsync(_path, EnvFile.Parse("A=2\n"), seen.Mark));
        Assert.Single(both, one => one.Fault is null);
        Assert.Single(both, one => one.Fault?.Contains("changed meanwhile", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("../../etc/shadow")]
    [InlineData("../.env.production")]
    [InlineData("inner/.env")]
    [InlineData("./.env")]
    [InlineData("environment")]
    [InlineData(".env.a\0b")]
    public async Task Nothing_outside_the_folders_is_read_or_written(string name)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "inner"));
        var path = $"{_folder}/{name}";
        Assert.NotNull((await _target.LookAsync(path)).Fault);
        Assert.NotNull((await _target.ApplyAsync(path, EnvFile.Parse("A=1\n"), "")).Fault);
        Assert.NotNull((await _target.LookAsync($"/etc/{name}")).Fault);
        Assert.Empty(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_link_in_the_folder_is_not_followed_and_another_way_to_it_is_not_taken()
    {
        var victim = Path.Combine(_root, "victim");
        await File.WriteAllTextAsync(victim, "A=safe\n");
        File.CreateSymbolicLink(_path, victim);
        var seen = await _target.LookAsync(_path);
        Assert.Contains("link", seen.Fault, StringComparison.Ordinal);
        Assert.NotNull((await _target.ApplyAsync(_path, EnvFile.Parse("A=1\n"), seen.Mark)).Fault);
        Assert.Equal("A=safe\n", await File.ReadAllTextAsync(victim));

        File.Delete(_path);
        Directory.CreateSymbolicLink(Path.Combine(_root, "way"), _folder);
        Assert.Contains("none of the folders", (await _target.ApplyAsync(Path.Combine(_root, "way", ".env"), EnvFile.Parse("A=1\n"), "")).Fault, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_cannot_be_made_is_told_and_leaves_nothing_behind()
    {
        var longest = Path.Combine(_folder, ".env." + new string('x', 245));
        Assert.Contains("was not written", (await _target.ApplyAsync(longest, EnvFile.Parse("A=1\n"), "")).Fault, StringComparison.Ordinal);
        Directory.Delete(_folder);
        Assert.Contains("no folder", (await _target.ApplyAsync(_path, EnvFile.Parse("A=1\n"), "")).Fault, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task A_megabyte_that_is_no_env_file_is_not_read()
    {
        await File.WriteAllBytesAsync(_path, new byte[EnvFile.LongestFile + 1]);
        Assert.Contains("1 MB", (await _target.LookAsync(_path)).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relative/folder")]
    [InlineData("/")]
    public void A_folder_that_says_too_little_stops_the_start(string folder) =>
        Assert.Contains("Applying:Folders", new ApplyingOptionsValidator().Validate(null, new ApplyingOptions { Folders = folder }).FailureMessage, StringComparison.Ordinal);

    private static void AssertOwnerOnly(string path) => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
}
