using System.Globalization;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>A table whose index takes as long to build as a test wants, so that a build can be caught in the middle.</summary>
internal static class Slow
{
    /// <summary>Ten rows; each entry of slow_index sleeps for a tenth of what the table slowness says, if it says something.</summary>
    public const string Table = """
        CREATE TABLE slowness (seconds float8 NOT NULL);
        CREATE TABLE slow (id int PRIMARY KEY);
        INSERT INTO slow SELECT generate_series(1, 10);
        CREATE FUNCTION slowly(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_catalog.pg_sleep(s.seconds / 10) FROM public.slowness AS s; RETURN $1; END';
        CREATE INDEX slow_index ON slow (slowly(id));
        """;

    /// <summary>From now on a build takes this long, at least.</summary>
    public static string On(double seconds) => string.Create(CultureInfo.InvariantCulture, $"INSERT INTO slowness VALUES ({seconds});");
}
