using MnfstRag.Admin.Hosting;

namespace MnfstRag.Admin.Tests.Hosting;

public sealed class ContentRootTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("content-root-");

    [Fact]
    public void In_a_checkout_it_is_the_folder_of_the_solution_however_deep_the_binary_lies()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "MnfstRag.Admin.sln"), "");
        var binaries = _folder.CreateSubdirectory("src/MnfstRag.Admin/bin/Debug/net10.0");

        Assert.Equal(_folder.FullName, ContentRoot.Find(binaries.FullName));
    }

    [Fact]
    public void Once_published_it_is_the_folder_of_the_binary()
    {
        var binaries = _folder.CreateSubdirectory("app");

        Assert.Equal(binaries.FullName, ContentRoot.Find(binaries.FullName));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
