using System.Reflection;

namespace MnfstRag.Testing;

/// <summary>The dashboard's own program as it is built beside the tests, to be run as a process of its own.</summary>
public static class DashboardProgram
{
    /// <summary>Path of the program's assembly, of the configuration that the caller was built with.</summary>
    public static string Path(Assembly caller)
    {
        var configuration = caller.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(
            AppContext.BaseDirectory, $"../../../../../src/MnfstRag.Admin/bin/{configuration}/net10.0/MnfstRag.Admin.dll"));
    }
}
