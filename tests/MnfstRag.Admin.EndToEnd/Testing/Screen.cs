using Microsoft.Playwright;

namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>What a person looks through.</summary>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="Theme">What their system prefers.</param>
public sealed record Screen(int Width, int Height, ColorScheme Theme = ColorScheme.Light)
{
    public static Screen Laptop { get; } = new(1440, 900);

    public static Screen Phone { get; } = new(390, 844);
}
