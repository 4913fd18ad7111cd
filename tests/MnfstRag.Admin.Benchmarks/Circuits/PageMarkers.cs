using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>What the server wrote into a page for the circuit's client: the interactive components and the state to hand back.</summary>
/// <param name="Components">Markers as they stand in the page, in its order.</param>
/// <param name="ApplicationState">Protected state to send with the first components; empty when the page has none.</param>
internal sealed partial record PageMarkers(IReadOnlyList<JsonObject> Components, string ApplicationState)
{
    /// <exception cref="InvalidDataException">The page has no interactive component: it is static, or a refusal.</exception>
    public static PageMarkers Parse(string html)
    {
        var components = Marker().Matches(html)
            .Select(match => (JsonObject)JsonNode.Parse(match.Groups["json"].Value)!)
            .Where(marker => marker["type"]?.GetValue<string>() == "server")
            .ToList();
        return components.Count > 0
            ? new PageMarkers(components, State().Match(html).Groups["state"].Value)
            : throw new InvalidDataException($"The page has no interactive component. It begins: {html[..Math.Min(300, html.Length)]}");
    }

    /// <summary>The operations that add all of them to a circuit, as the browser's client words them.</summary>
    public string AddOperations()
    {
        var operations = Components.Select((marker, index) => new JsonObject
        {
            ["type"] = "add",
            ["ssrComponentId"] = index + 1,
            ["marker"] = WithId(marker, index),
        });
        return new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. operations]) }.ToJsonString(Plain);
    }

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    private static JsonObject WithId(JsonObject marker, int index)
    {
        var copy = (JsonObject)marker.DeepClone();
        copy["uniqueId"] = index;
        return copy;
    }

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex State();
}
