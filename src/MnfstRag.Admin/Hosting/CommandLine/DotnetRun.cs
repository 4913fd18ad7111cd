namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>
/// <c>dotnet run</c> means development. The project file has it put a mark before the arguments; a launch profile would say the same, and
/// <c>dotnet run</c> announces one on standard output, where a command's result stands alone.
/// </summary>
public static class DotnetRun
{
    /// <summary>The mark, as StartArguments of the project file has it.</summary>
    public const string Mark = "--by-dotnet-run";

    private const string Variable = "ASPNETCORE_ENVIRONMENT";

    /// <summary>The arguments without the mark. Where it stood and nobody names an environment, the process is one of development from here on.</summary>
    public static string[] Arguments(string[] args)
    {
        if (args is not [Mark, .. var rest])
        {
            return args;
        }

        if (Environment.GetEnvironmentVariable(Variable) is null && Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is null)
        {
            Environment.SetEnvironmentVariable(Variable, Environments.Development);
        }

        return rest;
    }
}
