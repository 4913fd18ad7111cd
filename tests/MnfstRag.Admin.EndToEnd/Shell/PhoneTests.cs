using MnfstRag.Admin.EndToEnd.Testing;

namespace MnfstRag.Admin.EndToEnd.Shell;

[Collection(DashboardCollection.Name)]
public sealed class PhoneTests(DashboardFixture fixture)
{
    [BrowserFact]
    public async Task No_page_scrolls_sideways_at_390_pixels()
    {
        var wide = new List<string>();
        await using var chain = await Pages.LockChain.BuildAsync(fixture);
        await using (var nobody = await fixture.ArriveAsync(Screen.Phone))
        {
            await LookAsync(nobody, Paths.Outside, wide);
        }

        await using var administrator = await fixture.SignInAsync(fixture.Administrator, Screen.Phone);
        await LookAsync(administrator, Paths.Inside, wide);
        Assert.Empty(wide);
    }

    private static async Task LookAsync(Visitor visitor, TheoryData<string> paths, List<string> wide)
    {
        foreach (var path in paths)
        {
            await visitor.GoToAsync(path);
            await visitor.Page.WaitForTimeoutAsync(300);
            var width = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > Screen.Phone.Width)
            {
                wide.Add($"{path}: {width} pixels");
            }
        }
    }
}
