using Microsoft.AspNetCore.Components;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>One session in the side panel. Keeps the last that was seen of it when it ends.</summary>
public sealed partial class SessionPanel(RawQueryService raw)
{
    private SessionKey? _key;
    private Session? _session;
    private bool _ended;
    private bool _reading;
    private Reading<string>? _raw;

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>Which.</summary>
    [Parameter, EditorRequired]
    public SessionKey Key { get; set; } = null!;

    /// <summary>What is there now.</summary>
    [Parameter, EditorRequired]
    public Activity? Activity { get; set; }

    /// <summary>Whether the caller may cancel and terminate.</summary>
    [Parameter]
    public bool MaySignal { get; set; }

    /// <summary>Whether the caller may read literals.</summary>
    [Parameter]
    public bool MayReadRaw { get; set; }

    /// <summary>Closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private DateTimeOffset Now => Activity?.ServerTime ?? DateTimeOffset.MinValue;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Key != _key)
        {
            (_key, _session, _raw) = (Key, null, null);
        }

        var present = Key.In(Activity);
        _ended = present is null;
        _session = present ?? _session;
    }

    private async Task ReadRawAsync()
    {
        _reading = true;
        try
        {
            _raw = await raw.ReadAsync(Environment, Key);
        }
        finally
        {
            _reading = false;
        }
    }
}
