namespace MnfstRag.Admin.Components.Layout;

/// <summary>
/// Whether this tab stands still so that a person can read. Scoped: one a circuit. A page that shows readings goes on receiving
/// them and holds back the render; alarms and the age of what is shown are never held back.
/// </summary>
public sealed class Pause
{
    /// <summary>The tab stands still.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Switched on or off.</summary>
    public event Action? Changed;

    /// <summary>On becomes off, and the other way round.</summary>
    public void Toggle()
    {
        IsOn = !IsOn;
        Changed?.Invoke();
    }
}
