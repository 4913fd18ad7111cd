using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Figures and sessions as the sentences of findings say them.</summary>
internal static class Plain
{
    /// <summary>Two units at most: "42 s", "3 m 12 s", "2 h 5 m", "3 d 4 h".</summary>
    public static string Duration(TimeSpan value) => value switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)value.TotalSeconds)} s"),
        { TotalHours: < 1 } => Pair(value.Minutes, "m", value.Seconds, "s"),
        { TotalDays: < 1 } => Pair(value.Hours, "h", value.Minutes, "m"),
        _ => Pair((int)value.TotalDays, "d", value.Hours, "h"),
    };

    /// <summary>Whole minutes in words: "6 minutes", "about an hour".</summary>
    public static string Minutes(TimeSpan value) => value.TotalMinutes < 90
        ? Count((int)Math.Max(1, Math.Round(value.TotalMinutes)), "minute")
        : Count((int)Math.Round(value.TotalHours), "hour");

    /// <summary>"1 session", "3 sessions", "100,298 sessions".</summary>
    public static string Count(long count, string noun, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : many ?? noun + "s")}");

    /// <summary>"backend 4711 (mnfst_user, psql)".</summary>
    public static string Name(Session session) =>
        string.Create(CultureInfo.InvariantCulture, $"backend {session.Pid} ({session.User ?? "unknown role"}, {Application(session)})");

    /// <summary>The application's name, or that it gave none.</summary>
    public static string Application(Session session) => string.IsNullOrEmpty(session.Application) ? "no application name" : session.Application;

    /// <summary>An identifier as SQL wants it.</summary>
    public static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}")
            : string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit} {small} {smallUnit}");
}
