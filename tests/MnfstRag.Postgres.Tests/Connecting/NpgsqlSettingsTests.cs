using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Connecting;

public sealed class NpgsqlSettingsTests
{
    [Theory]
    [InlineData("", SslMode.Prefer)]
    [InlineData("?sslmode=disable", SslMode.Disable)]
    [InlineData("?sslmode=allow", SslMode.Allow)]
    [InlineData("?sslmode=prefer", SslMode.Prefer)]
    [InlineData("?sslmode=require", SslMode.Require)]
    [InlineData("?sslmode=require&sslrootcert=/ca.pem", SslMode.VerifyCA)]
    [InlineData("?sslmode=verify-ca&sslrootcert=/ca.pem", SslMode.VerifyCA)]
    [InlineData("?sslmode=verify-full", SslMode.VerifyFull)]
    [InlineData("?sslmode=require&sslrootcert=system", SslMode.VerifyFull)]
    [InlineData("?ssl=require", SslMode.Require)]
    public void Sslmode_means_what_libpq_means(string query, SslMode expected)
    {
        Assert.Equal(expected, Settings($"postgresql://h/db{query}").SslMode);
    }

    [Fact]
    public void Files_names_and_times_arrive()
    {
        var settings = Settings("postgresql://u:p@h:5433/db?sslcert=/c&sslkey=/k&sslrootcert=/r&connect_timeout=7&application_name=app&options=-c%20a%3Db");

        Assert.Equal(("/c", "/k", "/r"), (settings.SslCertificate, settings.SslKey, settings.RootCertificate));
        Assert.Equal((7, "app", "-c a=b"), (settings.Timeout, settings.ApplicationName, settings.Options));
        Assert.Equal(("h", 5433, "u", "p", "db"), (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database));
    }

    [Fact]
    public void Several_hosts_become_one_list_with_ports()
    {
        var settings = Settings("postgresql://u@one,two:5433,[::1]:5434/db?target_session_attrs=read-write");

        Assert.Equal("one:5432,two:5433,[::1]:5434", settings.Host);
        Assert.Equal("read-write", settings.TargetSessionAttributes);
    }

    [Theory]
    [InlineData("999999", 1024)]
    [InlineData("0", 0)]
    public void A_connect_timeout_stays_in_what_Npgsql_takes(string seconds, int expected)
    {
        Assert.Equal(expected, Settings($"postgresql://h/db?connect_timeout={seconds}").Timeout);
    }

    [Fact]
    public void A_password_that_looks_like_settings_stays_a_password()
    {
        Assert.Equal("x;Host=evil;'\"", Settings("postgresql://u:x%3BHost%3Devil%3B%27%22@good/db").Password);
        Assert.Equal("good", Settings("postgresql://u:x%3BHost%3Devil%3B%27%22@good/db").Host);
    }

    private static NpgsqlConnectionStringBuilder Settings(string text) =>
        new(DatabaseUrl.Parse(text).Url!.ToConnectionStringBuilder().ConnectionString);
}
