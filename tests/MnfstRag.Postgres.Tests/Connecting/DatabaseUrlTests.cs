using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class DatabaseUrlTests
{
    [Theory]
    [InlineData("postgresql://ann:secret@db.example.org:5433/rag", "postgresql", null)]
    [InlineData("postgres://ann:secret@db.example.org:5433/rag", "postgres", null)]
    [InlineData("postgresql+asyncpg://ann:secret@db.example.org:5433/rag", "postgresql", "asyncpg")]
    [InlineData("postgresql+psycopg2://ann:secret@db.example.org:5433/rag", "postgresql", "psycopg2")]
    [InlineData("postgres+psycopg://ann:secret@db.example.org:5433/rag", "postgres", "psycopg")]
    [InlineData("  postgresql://ann:secret@db.example.org:5433/rag\n", "postgresql", null)]
    public void Every_scheme_gives_the_same_parts(string text, string scheme, string? driver)
    {
        var url = Parsed(text);

        Assert.Equal((scheme, driver), (url.Scheme, url.Driver));
        Assert.Equal(("ann", "secret", "rag"), (url.User, url.Password, url.Database));
        Assert.Equal([new DatabaseHost("db.example.org", 5433)], url.Hosts);
        Assert.True(url.IsMonitorable);
    }

    [Fact]
    public void Percent_encoding_is_undone_in_user_password_and_database()
    {
        var url = Parsed("postgresql://a%40b:p%40s%2Fs%3A%25w%C3%B6rd+x@h/my%20db%3F");

        Assert.Equal(("a@b", "p@s/s:%wörd+x", "my db?"), (url.User, url.Password, url.Database));
    }

    [Fact]
    public void Several_hosts_keep_their_order_and_ports()
    {
        var url = Parsed("postgresql://u:p@one:5433,two,[2001:db8::1]:5434/db?target_session_attrs=primary");

        Assert.Equal([new("one", 5433), new("two", null), new DatabaseHost("2001:db8::1", 5434)], url.Hosts);
        Assert.Equal(5432, url.Hosts[1].EffectivePort);
    }

    [Theory]
    [InlineData("postgresql://[::1]:6000/db", "::1", 6000)]
    [InlineData("postgresql://u@[fe80::1%25eth0]/db", "fe80::1%eth0", null)]
    [InlineData("postgresql:///db?host=/var/run/postgresql", "/var/run/postgresql", null)]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/db", "/var/run/postgresql", null)]
    [InlineData("postgresql:///db?host=other&port=6001", "other", 6001)]
    [InlineData("postgresql+psycopg2://u:p@/db?host=other:6002", "other", 6002)]
    [InlineData("postgresql:///db", "", null)]
    [InlineData("postgresql://", "", null)]
    public void A_host_may_be_an_address_a_socket_or_in_the_query(string text, string host, int? port)
    {
        Assert.Equal([new DatabaseHost(host, port)], Parsed(text).Hosts);
    }

    [Fact]
    public void Parameters_are_kept_in_order_and_unknown_ones_too()
    {
        var url = Parsed("postgresql://h/db?sslmode=verify-full&sslrootcert=%2Fca.pem&connect_timeout=10&application_name=my+app&options=-c%20x%3D1&novel=1");

        Assert.Equal(
            [new("sslmode", "verify-full"), new("sslrootcert", "/ca.pem"), new("connect_timeout", "10"), new("application_name", "my app"), new("options", "-c x=1"), new KeyValuePair<string, string>("novel", "1")],
            url.Parameters);
    }

    [Theory]
    [InlineData(null, DatabaseUrlPart.Text)]
    [InlineData("", DatabaseUrlPart.Text)]
    [InlineData("postgresql://u:p@h/db\nX=1", DatabaseUrlPart.Text)]
    [InlineData("s3cret", DatabaseUrlPart.Scheme)]
    [InlineData("mysql://u:s3cret@h/db", DatabaseUrlPart.Scheme)]
    [InlineData("\"postgresql://u:s3cret@h/db\"", DatabaseUrlPart.Scheme)]
    [InlineData("postgresql+://u:s3cret@h/db", DatabaseUrlPart.Scheme)]
    [InlineData("postgresql://u%4:s3cret@h/db", DatabaseUrlPart.User)]
    [InlineData("postgresql://u:s3cret%zz@h/db", DatabaseUrlPart.Password)]
    [InlineData("postgresql://u:s3cret%00@h/db", DatabaseUrlPart.Password)]
    [InlineData("postgresql://u:s3cret%ff@h/db", DatabaseUrlPart.Password)]
    [InlineData("postgresql://u:s3@cret@h/db", DatabaseUrlPart.Password)]
    [InlineData("postgresql://u:12/s3cret@h/db", DatabaseUrlPart.Password)]
    [InlineData("postgresql://u:s3cret/x@h/db", DatabaseUrlPart.Port)]
    [InlineData("postgresql://u:s3cret@h:0/db", DatabaseUrlPart.Port)]
    [InlineData("postgresql://u:s3cret@h:70000/db", DatabaseUrlPart.Port)]
    [InlineData("postgresql://u:s3cret@::1/db", DatabaseUrlPart.Host)]
    [InlineData("postgresql://u:s3cret@[::1/db", DatabaseUrlPart.Host)]
    [InlineData("postgresql://u:s3cret@[s3cret]/db", DatabaseUrlPart.Host)]
    [InlineData("postgresql://u:s3cret@a,,b/db", DatabaseUrlPart.Host)]
    [InlineData("postgresql://u:s3cret@h/d%b", DatabaseUrlPart.Database)]
    [InlineData("postgresql://u:s3cret@h/db?sslmode=s3cret", DatabaseUrlPart.Parameter)]
    [InlineData("postgresql://u:s3cret@h/db?sslmode", DatabaseUrlPart.Parameter)]
    [InlineData("postgresql://u:s3cret@h/db?connect_timeout=soon", DatabaseUrlPart.Parameter)]
    [InlineData("postgresql://u:s3cret@h/db?target_session_attrs=best", DatabaseUrlPart.Parameter)]
    [InlineData("Host=h;Password=s3cret;Nonsense=1", DatabaseUrlPart.Parameter)]
    [InlineData("host=h user=u password=s3cret", DatabaseUrlPart.Host)]
    public void A_fault_names_the_part_and_repeats_nothing(string? text, DatabaseUrlPart part)
    {
        var result = DatabaseUrl.Parse(text);

        Assert.False(result.Succeeded(out _, out var fault));
        Assert.Equal(part, fault.Part);
        Assert.DoesNotContain("s3cret", fault.Words, StringComparison.Ordinal);
        Assert.EndsWith(".", fault.Words.TrimEnd(')'), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite:///./rag.db", "./rag.db")]
    [InlineData("sqlite:////var/rag.db", "/var/rag.db")]
    [InlineData("sqlite://", "")]
    public void Sqlite_is_an_address_but_not_one_to_watch(string text, string path)
    {
        var url = Parsed(text);

        Assert.False(url.IsMonitorable);
        Assert.Equal(path, url.Database);
        Assert.Throws<InvalidOperationException>(() => url.ToConnectionStringBuilder());
    }

    [Fact]
    public void The_key_value_form_is_read_and_keeps_every_setting()
    {
        var url = Parsed("Host=db;Port=5433;Username=ann;Password=sec;Database=rag;SSL Mode=VerifyFull;Maximum Pool Size=7");
        var settings = url.ToConnectionStringBuilder();

        Assert.Equal(DatabaseUrlKind.KeyValue, url.Kind);
        Assert.Equal([new DatabaseHost("db", 5433)], url.Hosts);
        Assert.Equal((SslMode.VerifyFull, 7, "ann", "sec"), (settings.SslMode, settings.MaxPoolSize, settings.Username, settings.Password));
    }

    [Theory]
    [InlineData("postgresql://ann:s3cret@h/db?sslpassword=s3cret")]
    [InlineData("Host=h;Username=ann;Password=s3cret;SSL Password=s3cret")]
    public void Display_masks_every_secret(string text)
    {
        var shown = Parsed(text).ToString();

        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.Contains("***", shown, StringComparison.Ordinal);
        Assert.Contains("ann", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://postgres:p@db.abcdefgh.supabase.co:5432/postgres", SupabaseForm.Direct, false)]
    [InlineData("postgresql://postgres.abcdefgh:p@aws-0-eu-west-1.pooler.supabase.com:5432/postgres", SupabaseForm.SessionPooler, false)]
    [InlineData("postgresql://postgres.abcdefgh:p@aws-0-eu-west-1.pooler.supabase.com:6543/postgres", SupabaseForm.TransactionPooler, false)]
    [InlineData("postgresql://postgres:p@db.abcdefgh.supabase.co:6543/postgres", SupabaseForm.TransactionPooler, false)]
    [InlineData("postgresql://postgres.abcdefgh:p@aws-0-eu-west-1.pooler.supabase.co:6543/postgres", SupabaseForm.TransactionPooler, true)]
    [InlineData("postgresql://postgres.abcdefgh:p@AWS-0-EU-WEST-1.POOLER.SUPABASE.COM/postgres", SupabaseForm.SessionPooler, false)]
    [InlineData("postgresql://u:p@supabase.example.org:6543/postgres", SupabaseForm.None, false)]
    public void Supabase_endpoints_are_recognised(string text, SupabaseForm form, bool misspelt)
    {
        var url = Parsed(text);

        Assert.Equal(form, url.Supabase);
        Assert.Equal(misspelt, url.IsMisspeltSupabasePooler);
    }

    private static DatabaseUrl Parsed(string text)
    {
        var result = DatabaseUrl.Parse(text);
        Assert.Null(result.Fault);
        return result.Url!;
    }
}
