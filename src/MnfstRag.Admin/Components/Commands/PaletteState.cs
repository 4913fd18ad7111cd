namespace MnfstRag.Admin.Components.Commands;

/// <summary>Whether the command palette of this circuit is open. Scoped.</summary>
public sealed class PaletteState
{
    /// <summary>It shows.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opened or closed.</summary>
    public event Action? Changed;

    public void Open() => Set(true);

    public void Close() => Set(false);

    private void Set(bool open)
    {
        if (IsOpen != open)
        {
            IsOpen = open;
            Changed?.Invoke();
        }
    }
}
