namespace MnfstRag.Admin.Hosting;

/// <summary>Where appsettings*.json are read: never the working directory, which depends on how the process was started.</summary>
public static class ContentRoot
{
    private const string Marker = "MnfstRag.Admin.sln";

    /// <summary>The root of the checkout that <paramref name="binaries"/> lies in; that folder itself once published.</summary>
    public static string Find(string binaries)
    {
        for (var folder = new DirectoryInfo(binaries); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        return binaries;
    }
}
