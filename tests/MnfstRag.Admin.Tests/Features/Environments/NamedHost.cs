using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace MnfstRag.Admin.Tests.Features.Environments;

/// <summary>A host of an environment.</summary>
internal sealed class NamedHost(string environment) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = environment;

    public string ApplicationName { get; set; } = "test";

    public string ContentRootPath { get; set; } = "/";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
