using System.Globalization;
using MnfstRag.Postgres.Embedded.Binaries;
using Xunit;

namespace MnfstRag.Testing;

/// <summary>
/// The major versions that a test runs on: <c>[Theory, ClassData(typeof(PostgresVersions))]</c>. The environment variable
/// <c>MNFST_TEST_POSTGRES</c> (for example <c>18</c> or <c>14,18</c>) narrows them while one works on a test.
/// </summary>
public sealed class PostgresVersions : TheoryData<int>
{
    public PostgresVersions()
    {
        foreach (var major in All)
        {
            Add(major);
        }
    }

    /// <summary>Ascending.</summary>
    public static IReadOnlyList<int> All { get; } = Choose();

    /// <summary>The newest of them, for tests that need one server of any version.</summary>
    public static int Newest => All[^1];

    private static IReadOnlyList<int> Choose()
    {
        var narrowed = Environment.GetEnvironmentVariable("MNFST_TEST_POSTGRES");
        return string.IsNullOrWhiteSpace(narrowed)
            ? BinaryPackage.MajorsHere
            : [.. narrowed.Split(',').Select(major => int.Parse(major, CultureInfo.InvariantCulture)).Order()];
    }
}
