namespace MnfstRag.Admin.Components.Theme;

/// <summary>
/// Every colour of one mode, as #rrggbb. The only place where colours are written: css reads them as variables
/// (<see cref="ThemeStyle"/>), MudBlazor through <see cref="AdminTheme"/>, charts from css. A test computes their contrast.
/// </summary>
public sealed record Palette
{
    public required string Page { get; init; }

    public required string Surface { get; init; }

    /// <summary>Hovered rows, table heads, code.</summary>
    public required string Sunk { get; init; }

    /// <summary>Menus, dialogs, tooltips of charts.</summary>
    public required string Raised { get; init; }

    public required string Line { get; init; }

    /// <summary>Edge of a control: 3:1 against what it lies on.</summary>
    public required string Edge { get; init; }

    public required string Text { get; init; }

    public required string Quiet { get; init; }

    public required string Accent { get; init; }

    public required string AccentHover { get; init; }

    public required string OnAccent { get; init; }

    /// <summary>Ground of what is selected.</summary>
    public required string AccentSoft { get; init; }

    /// <summary>Ink and fill by the css name of a meaning or a tone: ink is read as text, fill is seen as an area.</summary>
    public required IReadOnlyDictionary<string, Colours> Meanings { get; init; }

    public static Palette Light { get; } = new()
    {
        Page = "#f5f7f7",
        Surface = "#ffffff",
        Sunk = "#eef2f2",
        Raised = "#ffffff",
        Line = "#dbe2e2",
        Edge = "#7d8989",
        Text = "#161c1d",
        Quiet = "#4d5a5b",
        Accent = "#0b6360",
        AccentHover = "#084e4c",
        OnAccent = "#ffffff",
        AccentSoft = "#dcefed",
        Meanings = new Dictionary<string, Colours>(StringComparer.Ordinal)
        {
            ["plain"] = new("#0b6360", "#1a8a84", "#dcefed"),
            ["active"] = new("#1a5aa8", "#2f7bd0", "#e1edfa"),
            ["idle"] = new("#556161", "#8b9797", "#e9eded"),
            ["open"] = new("#865000", "#c07c0a", "#fbeed6"),
            ["aborted"] = new("#ab2420", "#cf3f39", "#fbe5e3"),
            ["lock"] = new("#6136ae", "#7c52cc", "#eee7fa"),
            ["hidden"] = new("#556161", "#8b9797", "#e9eded"),
            ["other"] = new("#556161", "#8a9690", "#e9eded"),
            ["dashboard"] = new("#0b6360", "#1a8a84", "#dcefed"),
            ["second"] = new("#93297c", "#b8529f", "#fae6f5"),
            ["third"] = new("#566208", "#7b8a1b", "#f1f4da"),
            ["fourth"] = new("#754626", "#a06a45", "#f6eae1"),
            ["notice"] = new("#1a5aa8", "#2f7bd0", "#e1edfa"),
            ["warning"] = new("#865000", "#c07c0a", "#fbeed6"),
            ["critical"] = new("#ab2420", "#cf3f39", "#fbe5e3"),
            ["unknown"] = new("#556161", "#8b9797", "#e9eded"),
        },
    };

    public static Palette Dark { get; } = new()
    {
        Page = "#0e1213",
        Surface = "#151a1b",
        Sunk = "#1c2324",
        Raised = "#1f2728",
        Line = "#2a3334",
        Edge = "#6f7d7e",
        Text = "#e5eaea",
        Quiet = "#a3b0b0",
        Accent = "#55c4bc",
        AccentHover = "#7bd5ce",
        OnAccent = "#062624",
        AccentSoft = "#12302f",
        Meanings = new Dictionary<string, Colours>(StringComparer.Ordinal)
        {
            ["plain"] = new("#55c4bc", "#3aa69f", "#12302f"),
            ["active"] = new("#7db8f5", "#4b95e0", "#14283f"),
            ["idle"] = new("#a3b0b0", "#6f7c7c", "#242c2d"),
            ["open"] = new("#eab04d", "#cf9229", "#35270c"),
            ["aborted"] = new("#f58f88", "#dd5a52", "#3d1917"),
            ["lock"] = new("#bea3f5", "#9271dd", "#281d43"),
            ["hidden"] = new("#a3b0b0", "#6f7c7c", "#242c2d"),
            ["other"] = new("#a3b0b0", "#6f7c75", "#242c2d"),
            ["dashboard"] = new("#55c4bc", "#3aa69f", "#12302f"),
            ["second"] = new("#ec9ad6", "#c968b0", "#3a1b32"),
            ["third"] = new("#c3d05a", "#95a32f", "#2a2e10"),
            ["fourth"] = new("#dfae8c", "#b07f5c", "#33241a"),
            ["notice"] = new("#7db8f5", "#4b95e0", "#14283f"),
            ["warning"] = new("#eab04d", "#cf9229", "#35270c"),
            ["critical"] = new("#f58f88", "#dd5a52", "#3d1917"),
            ["unknown"] = new("#a3b0b0", "#6f7c7c", "#242c2d"),
        },
    };

    /// <summary>As css variables: <c>--surface</c>, <c>--ink-lock</c>, <c>--fill-lock</c>, <c>--soft-lock</c>.</summary>
    public string ToCss() =>
        $"--page:{Page};--surface:{Surface};--sunk:{Sunk};--raised:{Raised};--line:{Line};--edge:{Edge};--text:{Text};--quiet:{Quiet};"
        + $"--accent:{Accent};--accent-hover:{AccentHover};--on-accent:{OnAccent};--accent-soft:{AccentSoft};"
        + string.Concat(Meanings.Select(meaning =>
            $"--ink-{meaning.Key}:{meaning.Value.Ink};--fill-{meaning.Key}:{meaning.Value.Fill};--soft-{meaning.Key}:{meaning.Value.Soft};"));
}
