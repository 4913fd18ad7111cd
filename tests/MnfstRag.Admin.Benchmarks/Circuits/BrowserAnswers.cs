using System.Globalization;
using System.Text.Json;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>
/// What a browser would answer to the calls of a page's script: enough of it that components settle as they do there. A window of
/// 1440 × 900, light, focused.
/// </summary>
internal static class BrowserAnswers
{
    private const int ObjectReference = 1;
    private const string Rectangle =
        """{"x":0,"y":0,"top":0,"left":0,"bottom":600,"right":1200,"width":1200,"height":600,"windowHeight":900,"windowWidth":1440,"scrollX":0,"scrollY":0}""";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["mudElementRef.getBoundingClientRect"] = Rectangle,
        ["mudResizeObserver.connect"] = $"[{Rectangle}]",
        ["mudResizeListener.getBrowserWindowSize"] = """{"width":1440,"height":900}""",
        ["mudResizeListener.matchMedia"] = "true",
        ["mudThemeProvider.getSystemDarkMode"] = "false",
        ["mudWindow.getSystemDarkMode"] = "false",
        ["darkModeChange"] = "false",
        ["mudElementRef.addOnBlurEvent"] = "true",
        ["Blazor._internal.Virtualize.init"] = "null",
        ["Blazor._internal.navigationManager.enableNavigationInterception"] = "null",
        ["Blazor._internal.PageTitle.getAndRemoveExistingTitle"] = "\"\"",
    };

    /// <summary>The answer's JSON.</summary>
    /// <param name="identifier">The script function.</param>
    /// <param name="resultType">What the caller takes: 1 is a reference to an object of the script.</param>
    /// <param name="handle">Number of the call: it also numbers the object.</param>
    public static string To(string identifier, int resultType, long handle)
        => resultType == ObjectReference ? $$"""{"__jsObjectId":{{handle.ToString(CultureInfo.InvariantCulture)}}}"""
            : Known.TryGetValue(identifier, out var answer) ? answer
            : identifier.Contains("DarkMode", StringComparison.OrdinalIgnoreCase) ? "false"
            : "null";

    /// <summary>The first .NET object that a call hands to the script; null when it hands none.</summary>
    public static long? Callback(string argumentsJson)
    {
        using var arguments = JsonDocument.Parse(argumentsJson);
        foreach (var argument in arguments.RootElement.EnumerateArray())
        {
            if (argument.ValueKind == JsonValueKind.Object && argument.TryGetProperty("__dotNetObject", out var id))
            {
                return id.GetInt64();
            }
        }

        return null;
    }
}
