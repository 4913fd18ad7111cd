using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components.Parts;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What was said in a session, read in parts; one message may be named in the URL.</summary>
public sealed partial class TranscriptPage(ConversationsService conversations, TransferService transfers)
{
    private readonly List<TranscriptLine> _lines = [];
    private SessionLine? _session;
    private Guid? _named;
    private bool _earlier;
    private bool _later;

    /// <summary>Which session.</summary>
    [Parameter]
    public Guid Session { get; set; }

    /// <inheritdoc />
    protected override async Task LoadAsync(Uri address)
    {
        _named = Guid.TryParse(Navigation.ReadQuery("message"), out var message) ? message : null;
        if (_session?.Id == Session && (_named is null || _lines.Any(line => line.Id == _named)))
        {
            return;
        }

        var read = await conversations.ReadAsync(Environment, Tenant, Session, _named, cancellationToken: Gone);
        _lines.Clear();
        (_session, _earlier, _later) = (read?.Session, read?.Earlier == true, read?.Later == true);
        _lines.AddRange(read?.Lines ?? []);
    }

    private Task MoreAsync(bool earlier) => TryAsync(async () =>
    {
        if (await conversations.ReadAsync(Environment, Tenant, Session, null, earlier ? _lines[0] : _lines[^1], earlier, Gone) is not { } more)
        {
            return;
        }

        var known = _lines.Select(line => line.Id).ToHashSet();
        var fresh = more.Lines.Where(line => !known.Contains(line.Id)).ToList();
        if (earlier)
        {
            _lines.InsertRange(0, fresh);
            _earlier = more.Earlier;
        }
        else
        {
            _lines.AddRange(fresh);
            _later = more.Later;
        }
    });

    private Task WholeAsync(Guid message) => TryAsync(async () =>
    {
        if (await conversations.MessageAsync(Environment, Tenant, message, Gone) is { } whole && _lines.FindIndex(line => line.Id == message) is >= 0 and var at)
        {
            _lines[at] = whole;
        }
    });

    private Task DownloadAsync(Guid message) => TryAsync(async () => await SaveAsync(await transfers.MessageAsync(Environment, Tenant, message, Gone)));
}
