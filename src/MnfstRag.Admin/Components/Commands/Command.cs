namespace MnfstRag.Admin.Components.Commands;

/// <summary>A line of the command palette. One of <paramref name="Href"/> and <paramref name="Run"/> is given.</summary>
/// <param name="Title">What it does to what: "Verify the audit log".</param>
/// <param name="Group">"Page", "Environment", "Action".</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Run">What it does; runs on the circuit after the palette has closed.</param>
/// <param name="Keywords">What else a person may type to find it.</param>
public sealed record Command(string Title, string Group, string? Href = null, Func<Task>? Run = null, string Keywords = "");
