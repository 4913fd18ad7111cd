using System.Text;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class DatabaseUrlPropertyTests
{
    private const string Alphabet = "abcz019%:/@?&=+,;[]#. '\"\\-_~!$*()äß€😀\t\n\0";

    private static readonly string[] Seeds =
    [
        "postgresql://user:password@host:5432/database?sslmode=require&connect_timeout=10",
        "postgres://u:p%40w@[::1]:5432,other,h3:1/db?host=a&host=b:2&port=3,4",
        "postgresql+asyncpg:///db?host=/tmp&options=-c%20x%3Dy",
        "Host=a;Port=1;Username=u;Password=p;SSL Mode=Require",
        "sqlite:///./x.db",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_text_never_throws(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            AssertSane(Encoding.Latin1.GetString(bytes));
            AssertSane(Encoding.Unicode.GetString(bytes));
            AssertSane($"postgresql://{RandomText(random, random.Next(40))}");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Damaged_addresses_never_throw(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
            for (var damage = random.Next(1, 6); damage > 0; damage--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, 1).Append('x'),
                    1 => text.Insert(at, RandomText(random, 1)),
                    _ => text.Insert(at, RandomText(random, 3)),
                };
            }

            AssertSane(text.ToString());
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Any_user_password_and_database_come_back(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var (user, password, database) = (Part(random), Part(random), Part(random));
            var text = $"postgresql://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@h:1/{Uri.EscapeDataString(database)}";

            var url = DatabaseUrl.Parse(text).Url!;

            Assert.Equal((user, password, database), (url.User, url.Password, url.Database));
            Assert.Equal(text, url.ToText());
            var settings = url.ToConnectionStringBuilder();
            Assert.Equal((user, password, database), (settings.Username, settings.Password, settings.Database));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void The_password_is_in_no_display_and_no_fault(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var secret = $"hunter{random.Next(1_000_000):000000}";
            var text = $"postgresql://u:{RandomText(random, random.Next(3))}{secret}{RandomText(random, random.Next(3))}@h:1/db";
            var result = DatabaseUrl.Parse(text);

            Assert.DoesNotContain(secret, result.Fault?.Words ?? "", StringComparison.Ordinal);
            if (result.Url is { } url && url.Password?.Contains(secret, StringComparison.Ordinal) == true)
            {
                Assert.DoesNotContain(secret, url.ToString(), StringComparison.Ordinal);
            }
        }
    }

    private static void AssertSane(string text)
    {
        var result = DatabaseUrl.Parse(text);
        Assert.NotEqual(result.Url is null, result.Fault is null);
        if (result.Url is not { } url)
        {
            return;
        }

        var again = DatabaseUrl.Parse(url.ToText()).Url;
        Assert.NotNull(again);
        Assert.Equal(url.ToText(), again.ToText());
        Assert.Equal(
            (url.Kind, url.Scheme, url.Driver, url.User, url.Password, url.Database),
            (again.Kind, again.Scheme, again.Driver, again.User, again.Password, again.Database));
        Assert.Equal(url.Hosts, again.Hosts);
        Assert.Equal(url.Parameters, again.Parameters);
        Assert.NotNull(url.ToString());
        if (url.IsMonitorable)
        {
            Assert.NotNull(url.ToConnectionStringBuilder().ConnectionString);
        }
    }

    private static string Part(Random random)
    {
        var text = RandomText(random, random.Next(1, 20)).Replace("\0", "", StringComparison.Ordinal);
        return text.Length == 0 ? "x" : text;
    }

    private static string RandomText(Random random, int length)
    {
        var runes = Alphabet.EnumerateRunes().ToArray();
        return string.Concat(Enumerable.Range(0, length).Select(_ => runes[random.Next(runes.Length)].ToString()));
    }
}
