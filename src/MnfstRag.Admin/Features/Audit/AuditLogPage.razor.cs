using System.Globalization;
using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Components.Parts;

namespace MnfstRag.Admin.Features.Audit;

/// <summary>Who did what, on what, when, with what outcome. Filters and the open row are in the URL.</summary>
public sealed partial class AuditLogPage(AuditService audit, NavigationManager navigation) : IDisposable
{
    private readonly PageLife _gone = new();
    private AuditFilter _filter = new();
    private List<AuditRow>? _rows;
    private IReadOnlyList<AuditRow>? _story;
    private long? _before;
    private long? _told;
    private string? _actor;
    private string? _action;
    private string? _environment;
    private string? _text;
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;
    private bool _unproven;
    private bool _verifying;
    private AuditVerdict? _verdict;

    /// <summary>Sequence of the row in the side panel.</summary>
    [SupplyParameterFromQuery(Name = "entry")]
    public long? Entry { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _actor = navigation.ReadQuery("who");
        _action = navigation.ReadQuery("action");
        _environment = navigation.ReadQuery("on");
        _text = navigation.ReadQuery("text");
        _from = Time(navigation.ReadQuery("after"));
        _to = Time(navigation.ReadQuery("before"));
        _unproven = navigation.ReadQuery("unproven") is not null;
        await ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (Entry != _told)
        {
            _told = Entry;
            _story = Entry is { } entry ? await audit.StoryAsync(entry, _gone.Token) : null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private async Task ApplyAsync()
    {
        navigation.ReplaceQuery(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["who"] = _actor,
            ["action"] = _action,
            ["on"] = _environment,
            ["text"] = _text,
            ["after"] = Text(_from),
            ["before"] = Text(_to),
            ["unproven"] = _unproven ? "1" : null,
        });
        await ReadAsync();
    }

    private Task SetTimeAsync(DateTimeOffset? from, DateTimeOffset? to)
    {
        (_from, _to) = (from, to);
        return ApplyAsync();
    }

    private Task ClearAsync()
    {
        (_actor, _action, _environment, _text, _from, _to, _unproven) = (null, null, null, null, null, null, false);
        return ApplyAsync();
    }

    private async Task ReadAsync()
    {
        _filter = new AuditFilter
        {
            Actor = Wanted(_actor),
            Action = Wanted(_action),
            Environment = Wanted(_environment),
            Text = Wanted(_text),
            From = _from,
            To = _to,
            UnprovenOnly = _unproven,
        };
        var page = await audit.SearchAsync(_filter, before: null, _gone.Token);
        (_rows, _before) = ([.. page.Rows], page.Before);
    }

    private async Task OlderAsync()
    {
        var page = await audit.SearchAsync(_filter, _before, _gone.Token);
        _rows!.AddRange(page.Rows);
        _before = page.Before;
    }

    private async Task VerifyAsync()
    {
        _verifying = true;
        try
        {
            _verdict = await audit.VerifyAsync(_gone.Token);
        }
        finally
        {
            _verifying = false;
        }
    }

    private void Open(long sequence) => navigation.ReplaceQuery("entry", sequence.ToString(CultureInfo.InvariantCulture));

    private void Close() => navigation.ReplaceQuery("entry", value: null);

    private static string? Wanted(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
