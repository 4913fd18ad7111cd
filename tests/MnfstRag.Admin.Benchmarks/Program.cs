using MnfstRag.Admin.Benchmarks;
using MnfstRag.Admin.Benchmarks.Baseline;

if (args is [BaselineHost.Command, .. var rest])
{
    await BaselineHost.RunAsync(rest);
    return 0;
}

return await CommandLine.RunAsync(args);
