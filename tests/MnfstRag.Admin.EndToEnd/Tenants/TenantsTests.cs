using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.EndToEnd.Tenants;

/// <summary>The tenant area in a real Chromium.</summary>
public sealed class TenantsTests(TenantsFixture fixture) : IClassFixture<TenantsFixture>
{
    private const string Pictures = "MNFST_SCREENSHOTS";

    [BrowserFact]
    public async Task An_administrator_finds_a_failed_document_marks_it_as_uploaded_and_reads_a_session()
    {
        await using var ada = await fixture.SignInAsync();
        var page = ada.Page;
        await ada.GoToAsync("/tenants");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ada", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See which and why" }).ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/documents?", StringComparison.Ordinal));
        await StateReasonAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "marigold report 1.txt" }).ClickAsync();
        await page.GetByText("The file holds pictures of pages, or nothing.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as uploaded" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("scanned again with a text layer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark 1 document as uploaded" }).ClickAsync();
        await page.GetByText("1 document is marked as uploaded").WaitForAsync();
        await page.GetByText("not yet: 1").WaitForAsync();
        await fixture.Fenced.Database.ExecuteAsync("UPDATE documents SET status = 'PROCESSED', processed_at = now() WHERE id = md5('da1')::uuid");
        await page.GetByText("Moved on: the product took all of them up.").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Sessions", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "<script>window.hit=1</script>" }).ClickAsync();
        await page.GetByText("a marigold in the garden").First.WaitForAsync();
        Assert.Equal("PROCESSED", await fixture.Fenced.Database.ScalarAsync<string>("SELECT status::text FROM documents WHERE id = md5('da1')::uuid"));
        Assert.Equal(5L, await fixture.Fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE tenant_id = '{ProductSamples.TenantB}' AND status = 'ERROR'"));
    }

    [BrowserFact]
    public async Task What_means_harm_is_shown_and_does_none()
    {
        await using var ada = await fixture.SignInAsync();
        var page = ada.Page;
        page.Dialog += (_, dialog) => throw new InvalidOperationException(dialog.Message);
        var session = await fixture.Fenced.Database.ScalarAsync<Guid>("SELECT md5('sa1')::uuid");
        await ada.GoToAsync($"/tenants/{ProductSamples.TenantA}/sessions/{session}");
        await StateReasonAsync(page);
        await page.GetByText("ten megabytes").WaitForAsync();

        var text = await page.Locator(".messages").InnerTextAsync();
        Assert.Contains("<script>window.hit=1</script>", text, StringComparison.Ordinal);
        Assert.Contains("right\\u202Eleft zero\\u200Bwidth esc\\u001B[31mred", text, StringComparison.Ordinal);
        Assert.InRange((await page.ContentAsync()).Length, 1, 200_000);
        Assert.Equal(0, await page.Locator(".messages script, .messages img, .messages a[href^='javascript']").CountAsync());
        await page.GetByText("press here").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more of these 10 MB" }).ClickAsync();
        await page.GetByText("Cut here: the message has 10 MB.").WaitForAsync();
        Assert.InRange((await page.ContentAsync()).Length, 1, 300_000);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download all of it" }).ClickAsync());
        Assert.Equal(10_485_774, new FileInfo(await download.PathAsync()).Length);

        await page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "=cmd|'/C calc'!A0 <script>window.hit=1</script>.txt" }).ClickAsync();
        await page.Locator(".error-text").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".error-text").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var export = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export as CSV" }).ClickAsync());
        var csv = await File.ReadAllTextAsync(await export.PathAsync());
        Assert.Contains("'=cmd|'/C calc'!A0", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(ProductSamples.WordOfB, csv, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true }).ClickAsync();
        await page.GetByText("<b>bold</b>").WaitForAsync();
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
    }

    [BrowserFact]
    public async Task A_tenant_admin_signs_in_with_the_products_password_mends_a_failed_document_reads_a_session_sees_no_other_tenant_and_is_out_once_demoted()
    {
        await using var anna = await fixture.SignInAsync(person: fixture.TenantAdmin);
        var page = anna.Page;
        await anna.GoToAsync("/tenants");
        await page.GetByRole(AriaRole.Link, new() { Name = "See which and why" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "marigold report 3.txt" }).ClickAsync();
        await page.GetByText("The file holds pictures of pages, or nothing.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as uploaded" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("uploaded again with text");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark 1 document as uploaded" }).ClickAsync();
        await page.GetByText("1 document is marked as uploaded").WaitForAsync();
        Assert.Equal("UPLOADED", await fixture.Fenced.Database.ScalarAsync<string>("SELECT status::text FROM documents WHERE id = md5('da3')::uuid"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Sessions", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "<script>window.hit=1</script>" }).ClickAsync();
        await page.GetByText("a marigold in the garden").First.WaitForAsync();

        var (session, document) = (await fixture.Fenced.Database.ScalarAsync<Guid>("SELECT md5('sb1')::uuid"), await fixture.Fenced.Database.ScalarAsync<Guid>("SELECT md5('db1')::uuid"));
        foreach (var path in new[] { "", $"/documents?document={document}", $"/sessions/{session}", $"/search?find={ProductSamples.WordOfB}" })
        {
            await anna.GoToAsync($"/tenants/{ProductSamples.TenantB}{path}");
            await page.GetByText("There is no such tenant, or it is not yours").WaitForAsync();

            // As a word: the framework's own protected text is random letters.
            Assert.DoesNotMatch(@"\bBob\b", await page.ContentAsync());
        }

        await anna.GoToAsync($"/tenants/{ProductSamples.TenantA}/sessions/{session}");
        await page.GetByText("There is no such session").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Connections", Exact = true }).CountAsync());

        await fixture.Fenced.Database.ExecuteAsync($"UPDATE users SET role = 'USER' WHERE email = '{fixture.TenantAdmin.Name}'");
        await page.WaitForURLAsync(url => url.Contains("/account/sign-in", StringComparison.Ordinal), new() { Timeout = 60_000 });
    }

    /// <summary>A page that is left while it reads has nothing to say to the page that is read next.</summary>
    [BrowserFact]
    public async Task Tabs_that_are_clicked_faster_than_they_read_end_at_the_last_one()
    {
        await using var anna = await fixture.SignInAsync(person: fixture.SecondAdmin);
        var tabs = anna.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the tenant" });
        for (var turn = 0; turn < 3; turn++)
        {
            await anna.GoToAsync($"/tenants/{ProductSamples.TenantA}");
            foreach (var tab in new[] { "Documents", "Overview", "People", "Documents" })
            {
                await tabs.GetByRole(AriaRole.Link, new() { Name = tab, Exact = true }).ClickAsync();
            }

            await anna.Page.GetByRole(AriaRole.Link, new() { Name = "marigold report 4.txt" }).WaitForAsync();
        }
    }

    [BrowserFact]
    public async Task A_tenant_that_is_not_there_is_not_found()
    {
        await using var ada = await fixture.SignInAsync();
        foreach (var path in new[] { "", "/documents", "/sessions", "/search", "/people" })
        {
            await ada.GoToAsync($"/tenants/{Guid.NewGuid()}{path}");
            await ada.Page.GetByText("There is no such tenant, or it is not yours").WaitForAsync();
        }
    }

    /// <summary>Accessibility of both themes at a laptop; a phone's width is the same in both, and is looked at in both where pictures are made.</summary>
    public static TheoryData<ColorScheme, bool> Looks
    {
        get
        {
            var looks = new TheoryData<ColorScheme, bool> { { ColorScheme.Light, false }, { ColorScheme.Dark, false }, { ColorScheme.Light, true } };
            if (PictureFolder is not null)
            {
                looks.Add(ColorScheme.Dark, true);
            }

            return looks;
        }
    }

    private static string? PictureFolder => Environment.GetEnvironmentVariable(Pictures) is { Length: > 0 } folder ? folder : null;

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public async Task Every_page_is_accessible_and_fits_a_phone(ColorScheme theme, bool phone)
    {
        var screen = (phone ? Screen.Phone : Screen.Laptop) with { Theme = theme };
        await using var ada = await fixture.SignInAsync(screen);
        var session = await fixture.Fenced.Database.ScalarAsync<Guid>("SELECT md5('sa1')::uuid");
        var found = new List<string>();
        await ada.GoToAsync("/tenants");
        await LookAsync(ada, "tenants", found, phone, theme);
        await ada.GoToAsync($"/tenants/{ProductSamples.TenantA}/documents");
        await LookAsync(ada, "tenant-reason", found, phone, theme);
        await StateReasonAsync(ada.Page);
        await LookAsync(ada, "tenant-documents", found, phone, theme);
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "marigold report 4.txt" }).ClickAsync();
        await ada.Page.GetByText("What happened to it").WaitForAsync();
        await LookAsync(ada, "tenant-document", found, phone, theme);
        await ada.Page.Keyboard.PressAsync("Escape");
        await ada.Page.Locator("table.documents tbody input[type=checkbox]").First.CheckAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Set the status of 1 document" }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Import records" }).ClickAsync();
        await ada.Page.GetByLabel("File").SetInputFilesAsync(new FilePayload { Name = "records.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(Records) });
        await ada.Page.GetByText("Import the 1 good row, leave out the others").WaitForAsync();
        await LookAsync(ada, "tenant-changes", found, phone, theme);
        foreach (var tab in new[] { "Sessions", "Search", "People", "Overview" })
        {
            await ada.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the tenant" }).GetByRole(AriaRole.Link, new() { Name = tab, Exact = true }).ClickAsync();
            await LookAsync(ada, $"tenant-{tab.ToLowerInvariant()}", found, phone, theme);
        }

        await ada.GoToAsync($"/tenants/{ProductSamples.TenantA}/sessions/{session}");
        await StateReasonAsync(ada.Page);
        await LookAsync(ada, "tenant-transcript", found, phone, theme);
        await ada.GoToAsync("/tenants/oddities");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).WaitForAsync();
        await ada.Page.Locator("details").First.ClickAsync();
        await LookAsync(ada, "tenant-oddities", found, phone, theme);
        await ada.GoToAsync("/tenants/fence");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Test the fence now" }).ClickAsync();
        await ada.Page.GetByText("attempts were held off").WaitForAsync(new() { Timeout = 60_000 });
        await LookAsync(ada, "tenant-fence", found, phone, theme);
        await ada.Page.GetByText("Read the evidence").ClickAsync();
        await ada.Page.GetByText("Read the script").First.ClickAsync();
        await LookAsync(ada, "tenant-fence-unfolded", found, phone, theme);
        var tina = $"tina-{theme}-{phone}";
        await ada.CreateInvitationAsync(tina, "TenantAdmin");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = tina, Exact = true }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Option, new() { Name = "Ada (a)" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await LookAsync(ada, "tenant-picker", found, phone, theme);
        Assert.Empty(found);
    }

    private const string Records = "original_name,size,mime_type,status,uploader\ngood.pdf,10,application/pdf,processed,a1@example.org\n,0,none,done,b1@example.org\n";

    [BrowserTheory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task An_address_of_two_tenants_chooses_one_after_the_password(ColorScheme theme, bool phone)
    {
        var found = new List<string>();
        await using var visitor = await fixture.ArriveAsync((phone ? Screen.Phone : Screen.Laptop) with { Theme = theme });
        var page = visitor.Page;
        await visitor.EnterPasswordAsync(fixture.Shared);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Where do you want to go?" }).WaitForAsync();
        await LookAsync(visitor, "tenant-choice", found, phone, theme);
        await page.GetByLabel("Bob as tenant admin").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Bob", Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the tenant" }).GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"{ProductSamples.WordOfB} report 1.txt" }).WaitForAsync();
        Assert.Equal(0, await page.GetByText("marigold").CountAsync());
        Assert.Empty(found);
    }

    private static async Task StateReasonAsync(IPage page)
    {
        await page.GetByLabel("Reason").FillAsync("ticket 4711: an upload fails");
        await page.GetByLabel("Reason").PressAsync("Enter");
        await page.Locator(".reason-form").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task LookAsync(Visitor visitor, string name, List<string> found, bool phone, ColorScheme theme)
    {
        var page = visitor.Page;
        await page.WaitForFunctionAsync("() => document.querySelector('main h1') && !document.querySelector('main [aria-busy=true]') && document.fonts.status === 'loaded' && document.getAnimations().length === 0");
        if (!phone)
        {
            // What is not colour is the same in both themes.
            var result = await page.RunAxe(theme == ColorScheme.Light ? null : new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } });
            found.AddRange(result.Violations.Where(one => one.Impact is "serious" or "critical").SelectMany(one => one.Nodes.Select(node => $"{name}: {one.Id} {one.Help}: {node.Html}")));
        }
        else if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is var width && width > Screen.Phone.Width)
        {
            found.Add($"{name}: {width} pixels wide");
        }

        if (PictureFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{(theme == ColorScheme.Dark ? "dark" : "light")}-{(phone ? 390 : 1440)}.png"), FullPage = true });
        }
    }
}
