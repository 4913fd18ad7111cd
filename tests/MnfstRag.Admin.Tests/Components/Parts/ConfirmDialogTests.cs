using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Components.Parts;
using MudBlazor;

namespace MnfstRag.Admin.Tests.Components.Parts;

public sealed class ConfirmDialogTests : MudContext
{
    private readonly IRenderedComponent<MudDialogProvider> _dialogs;

    public ConfirmDialogTests() => _dialogs = RenderProviders();

    [Theory]
    [InlineData("Terminate session 4711", true)]
    [InlineData("Keep it as it is", false)]
    public async Task It_answers_what_was_pressed(string button, bool confirmed)
    {
        var answer = await AskAsync();
        await _dialogs.FindAll("button").Single(candidate => candidate.TextContent == button).ClickAsync();
        Assert.Equal(confirmed, await answer);
    }

    [Fact]
    public async Task It_repeats_the_object_and_the_consequence()
    {
        _ = await AskAsync();
        Assert.Contains("Terminate session 4711?", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("Its transaction is rolled back", _dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("mnfst_user", _dialogs.Markup, StringComparison.Ordinal);
    }

    private async Task<Task<bool>> AskAsync()
    {
        Task<bool>? answer = null;
        await _dialogs.InvokeAsync(() =>
        {
            answer = Services.GetRequiredService<IDialogService>().ConfirmAsync(new Confirmation(
                "Terminate session 4711?",
                "Its transaction is rolled back and its client sees the connection close.",
                "Terminate session 4711",
                builder => builder.AddMarkupContent(0, "<p>mnfst_user</p>")));
        });
        _dialogs.WaitForElement(".mud-dialog");
        return answer!;
    }
}
