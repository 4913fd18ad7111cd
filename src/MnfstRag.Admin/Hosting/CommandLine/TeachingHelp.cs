using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>Help of a command with examples to copy behind it.</summary>
internal sealed class TeachingHelp(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["diagnose"] =
        [
            "DATABASE_URL=postgresql://watcher:…@db.internal:5432/mnfst_rag dotnet MnfstRag.Admin.dll diagnose",
            "dotnet MnfstRag.Admin.dll diagnose --database-url \"$DATABASE_URL\" --checks reach,tls,sign-in,slots",
            "dotnet MnfstRag.Admin.dll diagnose --json | jq -r '.checks[] | select(.status == \"failing\") | .name + \": \" + .remedy'",
        ],
        ["validate"] =
        [
            "dotnet MnfstRag.Admin.dll validate --file .env.production --environment production",
            "dotnet MnfstRag.Admin.dll validate --file .env.staging --environment staging --compare production=.env.production",
            "dotnet MnfstRag.Admin.dll validate --file .env.production --environment production --live --workers 4 --json",
        ],
        ["create-admin"] =
        [
            "dotnet MnfstRag.Admin.dll create-admin --name ada < password.txt",
            "dotnet MnfstRag.Admin.dll create-admin --name ada        (on a terminal it asks for the password)",
        ],
        ["migrate"] =
        [
            "dotnet MnfstRag.Admin.dll migrate",
            "ConnectionStrings__Admin=… ConnectionStrings__AdminMigrator=… dotnet MnfstRag.Admin.dll migrate",
        ],
        ["verify-audit"] =
        [
            "dotnet MnfstRag.Admin.dll verify-audit",
            "dotnet MnfstRag.Admin.dll verify-audit --head 4711:9f2c…        (the newest head that your log keeps)",
        ],
    };

    private static readonly string[] Root =
    [
        "dotnet MnfstRag.Admin.dll --urls=http://localhost:5080        (the dashboard)",
        "dotnet MnfstRag.Admin.dll diagnose --help",
    ];

    /// <summary>Lets every command of <paramref name="root"/> teach.</summary>
    public static RootCommand Teach(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new TeachingHelp((HelpAction)option.Action!);
        return root;
    }

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var exit = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples.GetValueOrDefault(parseResult.CommandResult.Command.Name, Root))
        {
            output.WriteLine($"  {example}");
        }

        return exit;
    }
}
