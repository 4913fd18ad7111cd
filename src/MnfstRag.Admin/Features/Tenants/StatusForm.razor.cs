using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Asks what documents shall become, and why; says what follows.</summary>
public sealed partial class StatusForm
{
    private string _wanted = DocumentStates.Uploaded;
    private string _expected = "";
    private string _reason = "";
    private string? _fault;
    private bool _busy;

    /// <summary>How many are chosen; null: all that match the filter.</summary>
    [Parameter, EditorRequired]
    public int? Count { get; set; }

    /// <summary>The state that the filter names.</summary>
    [Parameter]
    public string? Expected { get; set; }

    /// <summary>How many match the filter.</summary>
    [Parameter]
    public CappedCount? Counted { get; set; }

    /// <summary>Begins; gives what is wrong.</summary>
    [Parameter, EditorRequired]
    public Func<StatusOrder, Task<string?>> OnBegin { get; set; } = null!;

    /// <summary>Nothing is changed.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    private string Many => Count is { } some ? Words.Plural(some, "document")
        : Counted is { Estimated: null, Counted: var all } ? $"all {Words.Plural(all, "document")}" : $"the newest {Words.Count(StatusService.Most)} documents";

    private string Button => $"Mark {Many} as {DocumentStates.Word(_wanted)}";

    private string Consequence => _wanted switch
    {
        DocumentStates.Uploaded => "The product takes up what is uploaded: each is processed again, and what was written about its failure is forgotten.",
        DocumentStates.Processing => "The product believes that somebody processes them; nobody does by this alone.",
        DocumentStates.Processed => "They count as processed from now on, whether their text can be found or not.",
        _ => "They count as failed; the product does not take them up by itself.",
    } + " At most 10,000 at once, in steps that can be stopped.";

    /// <inheritdoc />
    protected override void OnInitialized() => _expected = Expected ?? "";

    private async Task BeginAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _fault = await OnBegin(new StatusOrder(_expected.Length == 0 ? null : _expected, _wanted, _reason));
        }
        finally
        {
            _busy = false;
        }
    }
}
