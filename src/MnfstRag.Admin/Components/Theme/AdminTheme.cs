using MudBlazor;

namespace MnfstRag.Admin.Components.Theme;

/// <summary>MudBlazor's theme, from our <see cref="Palette"/>: borders instead of shadows, Inter, 14 px, 4 px corners.</summary>
public static class AdminTheme
{
    /// <summary>The theme of one mode, its variables bound to <paramref name="scope"/> (a css selector).</summary>
    public static MudTheme For(bool dark, string scope) => new()
    {
        PaletteLight = Fill(new PaletteLight(), Palette.Light),
        PaletteDark = Fill(new PaletteDark(), Palette.Dark),
        PseudoCss = new PseudoCss { Scope = scope },
        Shadows = Flat(dark),
        Typography = Type(),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "4px", AppbarHeight = "48px", DrawerWidthLeft = "208px" },
    };

    private static T Fill<T>(T mud, Palette our)
        where T : MudBlazor.Palette
    {
        mud.Black = our.Text;
        mud.White = our.Surface;
        mud.Background = our.Page;
        mud.BackgroundGray = our.Sunk;
        mud.Surface = our.Surface;
        mud.DrawerBackground = our.Surface;
        mud.DrawerText = our.Text;
        mud.DrawerIcon = our.Quiet;
        mud.AppbarBackground = our.Surface;
        mud.AppbarText = our.Text;
        mud.TextPrimary = our.Text;
        mud.TextSecondary = our.Quiet;
        mud.TextDisabled = our.Edge;
        mud.ActionDefault = our.Quiet;
        mud.ActionDisabled = our.Edge;
        mud.ActionDisabledBackground = our.Sunk;
        mud.Divider = our.Line;
        mud.DividerLight = our.Line;
        mud.LinesDefault = our.Line;
        mud.LinesInputs = our.Edge;
        mud.TableLines = our.Line;
        mud.TableStriped = our.Sunk;
        mud.TableHover = our.Sunk;
        mud.Skeleton = our.Sunk;
        mud.GrayDefault = our.Quiet;
        mud.GrayLight = our.Edge;
        mud.GrayLighter = our.Line;
        mud.Dark = our.Quiet;
        mud.DarkContrastText = our.Surface;
        mud.Primary = our.Accent;
        mud.PrimaryDarken = our.AccentHover;
        mud.PrimaryLighten = our.AccentHover;
        mud.PrimaryContrastText = our.OnAccent;
        mud.Secondary = our.Quiet;
        mud.SecondaryContrastText = our.Surface;
        mud.Tertiary = our.Accent;
        mud.TertiaryContrastText = our.OnAccent;
        mud.Success = our.Accent;
        mud.SuccessContrastText = our.OnAccent;
        mud.Info = our.Meanings["notice"].Ink;
        mud.InfoContrastText = our.Surface;
        mud.Warning = our.Meanings["warning"].Ink;
        mud.WarningContrastText = our.Surface;
        mud.Error = our.Meanings["critical"].Ink;
        mud.ErrorContrastText = our.Surface;
        mud.HoverOpacity = 0.06;
        mud.RippleOpacity = 0;
        mud.RippleOpacitySecondary = 0;
        return mud;
    }

    /// <summary>No elevation but that of menus and dialogs, which lie over other text.</summary>
    private static Shadow Flat(bool dark)
    {
        var over = dark ? "0 8px 24px rgb(0 0 0 / 0.5)" : "0 8px 24px rgb(10 25 25 / 0.14)";
        return new Shadow { Elevation = [.. Enumerable.Range(0, 26).Select(level => level < 8 ? "none" : over)] };
    }

    private static Typography Type()
    {
        string[] family = ["Inter Variable", "system-ui", "sans-serif"];
        return new Typography
        {
            Default = { FontFamily = family, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal", FontWeight = "400" },
            H1 = { FontFamily = family, FontSize = "1.25rem", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "-0.01em" },
            H2 = { FontFamily = family, FontSize = "1rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            H3 = { FontFamily = family, FontSize = "0.875rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            H6 = { FontFamily = family, FontSize = "1rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = { FontFamily = family, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = { FontFamily = family, FontSize = "0.8125rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Subtitle1 = { FontFamily = family, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Subtitle2 = { FontFamily = family, FontSize = "0.8125rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = { FontFamily = family, FontSize = "0.8125rem", FontWeight = "500", LineHeight = "1.5", LetterSpacing = "normal", TextTransform = "none" },
            Caption = { FontFamily = family, FontSize = "0.75rem", LineHeight = "1.5", LetterSpacing = "normal" },
        };
    }
}
