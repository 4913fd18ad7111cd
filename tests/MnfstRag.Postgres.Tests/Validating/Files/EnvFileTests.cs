using System.Text;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Postgres.Tests.Validating.Files;

public sealed class EnvFileTests
{
    // What python-dotenv 1.x reads, by its grammar.
    [Theory]
    [InlineData("A=b", "A", "b")]
    [InlineData("A=b c", "A", "b c")]
    [InlineData("A = b ", "A", "b")]
    [InlineData("A=b#c", "A", "b#c")]
    [InlineData("A=b #c", "A", "b")]
    [InlineData("A= #c", "A", "#c")]
    [InlineData("A=", "A", "")]
    [InlineData("export A=b", "A", "b")]
    [InlineData("export\tA=b", "A", "b")]
    [InlineData("exportA=b", "exportA", "b")]
    [InlineData("'A'=b", "A", "b")]
    [InlineData("A='b # c' # d", "A", "b # c")]
    [InlineData("A=\"b # c\"# d", "A", "b # c")]
    [InlineData("A='b\\'c'", "A", "b'c")]
    [InlineData("A='b\\nc'", "A", "b\\nc")]
    [InlineData("A=\"b\\nc\\t\\\"d\\\"\"", "A", "b\nc\t\"d\"")]
    [InlineData("A=\"b\\xc\"", "A", "b\\xc")]
    [InlineData("A=\"b\r\nc\"", "A", "b\nc")]
    [InlineData("A=\"b\\\"\nB=1", "A", "b\\")]
    [InlineData("A=b\\nc", "A", "b\\nc")]
    [InlineData("\n\n  A=b\r\n", "A", "b")]
    [InlineData("A=b=c==", "A", "b=c==")]
    [InlineData("ä.b-c=d", "ä.b-c", "d")]
    [InlineData("A=1\nA=2", "A", "2")]
    public void A_value_is_what_python_dotenv_reads(string text, string key, string value) =>
        Assert.Equal(value, EnvFile.Parse(text).Find(key)?.Value);

    [Theory]
    [InlineData("A", EnvLineKind.BareKey)]
    [InlineData("export A", EnvLineKind.BareKey)]
    [InlineData("A # c", EnvLineKind.BareKey)]
    [InlineData("# A=b", EnvLineKind.Comment)]
    [InlineData("  \n ", EnvLineKind.Blank)]
    [InlineData("=b", EnvLineKind.Unreadable)]
    [InlineData("A B=c", EnvLineKind.Unreadable)]
    [InlineData("A=\"b", EnvLineKind.Unreadable)]
    [InlineData("A='b' c", EnvLineKind.Unreadable)]
    [InlineData("''=b", EnvLineKind.Unreadable)]
    public void A_line_is_what_python_dotenv_takes_it_for(string text, EnvLineKind kind) =>
        Assert.Equal(kind, Assert.Single(EnvFile.Parse(text).Lines).Kind);

    [Fact]
    public void Lines_are_counted_through_blank_lines_comments_and_values_that_run_over_lines()
    {
        var file = EnvFile.Parse("\r\n# one\r\nA=\"x\r\ny\"\r\n\r\nB=1\r\n=\r\nC=2");

        Assert.Equal([2, 3, 6, 7, 8], file.Lines.Select(line => line.Number));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_bytes_come_back_as_they_were(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = new byte[random.Next(120)];
            random.NextBytes(bytes);
            Assert.Equal(bytes, EnvFile.Read(bytes).ToBytes());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Any_text_comes_back_as_it_was_and_nothing_throws(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var text = EnvTexts.Next(random);
            var file = EnvFile.Parse(text);

            Assert.Equal(text, file.ToText());
            Assert.Equal(Encoding.UTF8.GetBytes(text), EnvFile.Read(Encoding.UTF8.GetBytes(text)).ToBytes());
            Assert.NotNull(EnvironmentValidator.Validate(new EnvironmentSettings("production", file)));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void A_value_that_is_set_is_read_back_and_nothing_else_changes(int seed)
    {
        var random = new Random(seed);
        var done = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var file = EnvFile.Parse(EnvTexts.Next(random));
            var value = EnvTexts.Value(random);
            if (!file.TrySet("DB_POOL_SIZE", value, out var changed))
            {
                continue;
            }

            done++;
            Assert.Equal(value, changed.Find("DB_POOL_SIZE")?.Value);
            var others = file.Lines.Where(line => line.Key is not (null or "DB_POOL_SIZE")).Select(line => (line.Key, line.Value));
            Assert.Equal(others, changed.Lines.Where(line => line.Key is not (null or "DB_POOL_SIZE")).Select(line => (line.Key, line.Value)));
        }

        Assert.True(done > 500, $"only {done} values could be set");
    }

    [Fact]
    public void A_value_that_is_set_keeps_its_place_its_export_and_its_comment()
    {
        Assert.True(EnvFile.Parse("# a\r\nexport A = '1' # why\r\nB=2\r\n").TrySet("A", "it's", out var changed));

        Assert.Equal("# a\r\nexport A = \"it's\" # why\r\nB=2\r\n", changed.ToText());
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("${HOME}")]
    [InlineData("it's\\")]
    public void A_value_that_no_file_can_carry_is_refused(string value) =>
        Assert.False(EnvFile.Parse("").TrySet("A", value, out _));

    [Fact]
    public async Task A_megabyte_of_openings_is_read_in_time()
    {
        var limit = TimeSpan.FromSeconds(20);
        foreach (var piece in new[] { "${", "A=\"\\\"", "A='", "\"", "{{", "A=${A}${A}\n", "A=${A}${B}x\n", "\nA=${A}${A}${A}${A}" })
        {
            var text = $"A=x\nAPP_NAME={string.Concat(Enumerable.Repeat(piece, 200_000))}";
            var read = Task.Run(() => EnvironmentValidator.Validate(new EnvironmentSettings("production", EnvFile.Parse(text))));

            Assert.NotNull(await read.WaitAsync(limit));
        }
    }
}
