namespace MnfstRag.Admin.Components.Theme;

/// <summary>The colours of one meaning.</summary>
/// <param name="Ink">Text and icons: 4.5:1 on every surface and on <paramref name="Soft"/>.</param>
/// <param name="Fill">Areas, bars and lines of charts: 3:1 on the surface.</param>
/// <param name="Soft">Ground of a chip or a notice.</param>
public sealed record Colours(string Ink, string Fill, string Soft);
