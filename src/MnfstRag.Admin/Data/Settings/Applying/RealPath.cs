namespace MnfstRag.Admin.Data.Settings.Applying;

/// <summary>Paths after links are resolved, those of the folders on the way included.</summary>
internal static class RealPath
{
    /// <summary>The folder's own path; as it is written where it does not exist.</summary>
    /// <exception cref="IOException">Links that lead round.</exception>
    public static string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var here = Path.Combine(Of(parent), Path.GetFileName(path));
        return Directory.Exists(here) && new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : here;
    }
}
