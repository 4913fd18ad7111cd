using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using MnfstRag.Admin.Access;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>
/// Catches what a page throws, so that navigation and the other parts live on. A refused permission is said as such;
/// anything else is a bug: it is logged with a reference id that the page shows.
/// </summary>
public sealed partial class PageFault(ILogger<PageFault> log) : ErrorBoundaryBase
{
    private string? _reference;
    private string? _page;

    /// <summary>Path of the page: another one gets a fresh try.</summary>
    [Parameter, EditorRequired]
    public string Page { get; set; } = "";

    protected override void OnParametersSet()
    {
        if (_page != Page)
        {
            _page = Page;
            Recover();
        }
    }

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = null;
        if (exception is not PermissionDeniedException)
        {
            _reference = Guid.NewGuid().ToString("N")[..8];
            Failed(log, _reference, exception);
        }

        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<PageFaultWords>(1);
        builder.AddComponentParameter(2, nameof(PageFaultWords.Refusal), (CurrentException as PermissionDeniedException)?.Message);
        builder.AddComponentParameter(3, nameof(PageFaultWords.Reference), _reference);
        builder.AddComponentParameter(4, nameof(PageFaultWords.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }

    [LoggerMessage(3001, LogLevel.Error, "A page failed; its viewer was shown reference {Reference}")]
    private static partial void Failed(ILogger log, string reference, Exception exception);
}
