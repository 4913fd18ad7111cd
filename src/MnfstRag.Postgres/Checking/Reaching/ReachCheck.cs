using System.Net;
using System.Net.Sockets;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>Does the host's name resolve, and does its port take connections? Each host of an address is tried.</summary>
internal sealed class ReachCheck : ICheck
{
    public string Name => CheckNames.Reach;

    public string Title => "The server can be reached";

    public string? Needs => null;

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        if (!context.Url.IsMonitorable)
        {
            return CheckOutcome.Failing("The address names a sqlite file: there is no server to check.", "Give a postgresql:// address.");
        }

        var outcomes = await Task.WhenAll(context.Url.Hosts.Select(host => TryAsync(host, context, cancellationToken)));
        return Judge(outcomes);
    }

    /// <summary>All hosts must answer; where only some do, the address still works.</summary>
    public static CheckOutcome Judge(IReadOnlyList<CheckOutcome> hosts)
    {
        var evidence = string.Join(" ", hosts.Select(host => host.Evidence));
        var remedy = string.Join(" ", hosts.Select(host => host.Remedy).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
        var dead = hosts.Count(host => host.Verdict == Verdict.Failing);
        return dead == 0 ? CheckOutcome.Ok(evidence)
            : dead < hosts.Count ? CheckOutcome.Warning(evidence, remedy)
            : CheckOutcome.Failing(evidence, remedy);
    }

    private static async Task<CheckOutcome> TryAsync(DatabaseHost host, CheckContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(context.Limits.Connect, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var ends = await HostRoute.ResolveAsync(host, either.Token);
            using var socket = await HostRoute.ConnectAsync(ends, either.Token);
            return CheckOutcome.Ok(Reached(host, socket.RemoteEndPoint));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return FaultText.Outcome(Verdict.Failing, ConnectionFault.From(exception, Only(host, context.Url)).Words);
        }
    }

    /// <summary>The address as if this were its only host, so that a fault names the host that has it.</summary>
    private static DatabaseUrl Only(DatabaseHost host, DatabaseUrl url) => new(url.Kind, url.Scheme)
    {
        Hosts = [host],
        User = url.User,
        Database = url.Database,
        Parameters = url.Parameters,
    };

    private static string Reached(DatabaseHost host, EndPoint? end) => end is IPEndPoint ip && !IPAddress.TryParse(host.EffectiveName, out _)
        ? $"{host} takes connections, at address {ip.Address}."
        : $"{host} takes connections.";
}
