using System.Collections.Immutable;
using System.Reflection;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Live.Recording;

/// <summary>Readings with values that a test chooses.</summary>
internal static class HeldValues
{
    /// <summary>Only readers fill it: here a test does.</summary>
    private static readonly PropertyInfo Values = typeof(ServerReading).GetProperty("Values", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static HeldReadings Holding<T>(IReader<T> reader, T value, DateTimeOffset at)
        where T : class
    {
        var reading = new ServerReading(null, null, false, TimeSpan.Zero, ImmutableDictionary<string, string>.Empty);
        Values.SetValue(reading, ImmutableDictionary<string, object>.Empty.Add(reader.Name, value));
        return HeldReadings.None.With(reading, [reader], at);
    }
}
