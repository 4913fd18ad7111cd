using Microsoft.AspNetCore.Components;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>A question before something that cannot be undone. It repeats what happens to what.</summary>
/// <param name="Title">The question: "Terminate session 4711?".</param>
/// <param name="Consequence">What follows: "Its transaction is rolled back and its client sees the connection close."</param>
/// <param name="Action">Text of the button, which says what it does to what: "Terminate session 4711".</param>
/// <param name="Subject">Exactly who or what it is about, as a list of facts.</param>
/// <param name="Critical">Red instead of the accent.</param>
public sealed record Confirmation(string Title, string Consequence, string Action, RenderFragment? Subject = null, bool Critical = true);
