using System.ComponentModel;
using System.Diagnostics;

namespace MnfstRag.Admin.Hosting;

/// <summary>Opens the product in the person's browser, where there is a person and a browser.</summary>
public static class Browser
{
    /// <summary>Opens <paramref name="url"/>; on a machine without a desktop it does nothing, since the address is printed as well.</summary>
    public static void TryOpen(string url)
    {
        var (program, argument) = OperatingSystem.IsWindows() ? ("explorer", url)
            : OperatingSystem.IsMacOS() ? ("open", url)
            : ("xdg-open", url);
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null)
        {
            return;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (Win32Exception)
        {
            // No such program: the address on the terminal is enough.
        }
    }
}
