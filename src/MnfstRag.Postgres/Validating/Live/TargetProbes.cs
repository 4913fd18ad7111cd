using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Validating;

/// <summary>The probes of one host, in order; the first that fails ends the row, because nothing behind it can be asked.</summary>
internal sealed class TargetProbes(
    LiveTarget target, EnvironmentSettings settings, TlsFiles files, LiveOptions options, TimeProvider time, IProgress<string>? progress)
{
    private const int LatencyRounds = 5;
    private const double SlowMilliseconds = 100;

    private readonly List<Finding> _findings = [];

    /// <summary>The connection budget, once the server told its limits.</summary>
    public ConnectionBudget? Budget { get; private set; }

    /// <summary>Only an address that may be asked at all can be allowed.</summary>
    private string RefusalRemedy => options.Policy.Listed is not null && (options.Policy with { Listed = null, AllowsLoopback = true, AllowsPrivate = true }).Refusal(target.Host) is null
        ? $"If {target} is the server that is meant, an administrator allows it among the hosts that may be asked."
        : "Name the server's own host.";

    /// <summary>Runs them.</summary>
    /// <param name="limited">Ends at the limit of all probes together.</param>
    /// <param name="cancellationToken">The person's own end.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken limited, CancellationToken cancellationToken)
    {
        if (options.Policy.Refusal(target.Host) is { } refusal)
        {
            return [Finding.Error(target.Key, "live-refused", refusal, RefusalRemedy)];
        }

        IReadOnlyList<IPAddress> addresses = [];
        IPAddress? address = null;
        TlsAnswer? answer = null;
        var reached = await StepAsync("live-dns", async token => addresses = await ResolveAsync(token), limited, cancellationToken)
            && addresses.Count > 0
            && await StepAsync("live-tcp", async token => address = await ConnectAsync(addresses, token), limited, cancellationToken)
            && await StepAsync("live-tls", async token => answer = await ShakeAsync(address!, token), limited, cancellationToken)
            && !_findings.Any(finding => finding.Level == FindingLevel.Error && finding.Rule is "live-tls" or "live-certificate" or "live-dns");
        if (!reached || !await SessionAsync(address!, limited, cancellationToken))
        {
            _findings.Add(Finding.Note(target.Key, "live-skipped", $"What comes after this was not asked at {target}."));
        }

        return _findings;
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(CancellationToken token)
    {
        var literal = IPAddress.TryParse(target.Host.EffectiveName, out var one);
        var found = literal ? [one!] : await Dns.GetHostAddressesAsync(target.Host.EffectiveName, token);
        var refusals = found.Select(address => options.Policy.Refusal(target.Host, address)).ToList();
        var allowed = found.Where((_, i) => refusals[i] is null).ToList();
        if (allowed.Count == 0)
        {
            _findings.Add(Finding.Error(target.Key, "live-refused", refusals.OfType<string>().FirstOrDefault() ?? $"The name in {target} has no address.", RefusalRemedy));
        }
        else
        {
            _findings.Add(Finding.Note(target.Key, "live-dns", literal ? $"{target} is an address; no name is resolved." : $"The name in {target} resolves to {string.Join(", ", allowed.Take(4))}."));
        }

        return allowed;
    }

    private async Task<IPAddress> ConnectAsync(IReadOnlyList<IPAddress> addresses, CancellationToken token)
    {
        var start = time.GetTimestamp();
        using var socket = await HostRoute.ConnectAsync([.. addresses.Select(address => new IPEndPoint(address, target.Host.EffectivePort))], token);
        _findings.Add(Finding.Note(target.Key, "live-tcp", string.Create(CultureInfo.InvariantCulture, $"{target} takes connections ({time.GetElapsedTime(start).TotalMilliseconds:0.0} ms).")));
        return ((IPEndPoint)socket.RemoteEndPoint!).Address;
    }

    private async Task<TlsAnswer> ShakeAsync(IPAddress address, CancellationToken token)
    {
        using var socket = await HostRoute.ConnectAsync([new IPEndPoint(address, target.Host.EffectivePort)], token);
        var answer = await TlsDialogue.AskAsync(socket, target, files, time.GetUtcNow(), token);
        _findings.AddRange(TlsJudge.Judge(target, answer, settings.IsProduction, time.GetUtcNow()));
        return answer;
    }

    private async Task<bool> SessionAsync(IPAddress address, CancellationToken limited, CancellationToken cancellationToken)
    {
        await using var source = LiveSession.Source(target, address, files, time, options.ProbeLimit);
        NpgsqlConnection? session = null;
        try
        {
            if (!await StepAsync("live-sign-in", async token => session = await SignInAsync(source, token), limited, cancellationToken))
            {
                return false;
            }

            ServerFacts? facts = null;
            RolePowers? powers = null;
            var pooler = PoolerFound.None;
            return await StepAsync("live-privileges", async token => facts = await ServerFactsReader.ReadAsync(session!, token), limited, cancellationToken)
                && await StepAsync("live-pooler", async token => pooler = await PoolerProbe.AskAsync(source, session!, facts!.BackendPid, options.ProbeLimit / 2, token), limited, cancellationToken)
                && (options.Purpose is CredentialPurpose.Backend || await StepAsync("live-privileges", async token => powers = await RolePowersReader.ReadAsync(session!, token), limited, cancellationToken))
                && (powers is null ? Judge(facts!, pooler) : Judge(facts!, powers, pooler))
                && await StepAsync("live-latency", token => LatencyAsync(session!, token), limited, cancellationToken);
        }
        finally
        {
            await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<NpgsqlConnection> SignInAsync(NpgsqlDataSource source, CancellationToken token)
    {
        var session = await source.OpenConnectionAsync(token);
        _findings.Add(Finding.Note(target.Key, "live-sign-in", $"{target} admitted the user of {target.Key}."));
        _findings.Add(Finding.Note(target.Key, "live-database", "The database exists."));
        return session;
    }

    private bool Judge(ServerFacts facts, PoolerFound pooler)
    {
        _findings.AddRange(ServerJudge.Judge(target, facts, pooler is not PoolerFound.None, settings));
        _findings.Add(PoolerProbe.Judge(target, pooler));
        var judge = new BudgetJudge(target, settings, options);
        if (pooler is PoolerFound.None)
        {
            Budget = judge.Of(facts);
            _findings.AddRange(Budget is null ? [] : judge.Judge(Budget, facts));
        }
        else if (options.PoolerAllowance?.Invoke(target.Url, pooler is not PoolerFound.Transaction) is { } allowance)
        {
            Budget = judge.Of(allowance);
            _findings.AddRange(Budget is null ? [] : judge.Judge(Budget, allowance.Words));
        }
        else
        {
            _findings.Add(Finding.Note("DB_POOL_SIZE", "live-budget",
                $"{target} is a pooler, whose own limit decides how many connections the backend gets, and which it tells its administrator only. max_connections of the server behind it is {facts.MaxConnections}.",
                "Name the pooler's admin console (Environments:<name>:PgBouncer), or give --pooler-limit: then it is counted."));
        }

        return true;
    }

    private bool Judge(ServerFacts facts, RolePowers powers, PoolerFound pooler)
    {
        _findings.AddRange(ServerJudge.JudgeServer(target, facts, pooler is not PoolerFound.None, settings));
        _findings.AddRange(PurposeJudge.Judge(options.Purpose, target.Key, powers, pooler));
        _findings.Add(PoolerProbe.Judge(target, pooler));
        return true;
    }

    private async Task LatencyAsync(NpgsqlConnection session, CancellationToken token)
    {
        var rounds = new List<double>();
        for (var i = 0; i < LatencyRounds; i++)
        {
            var start = time.GetTimestamp();
            await using var command = new NpgsqlCommand("SELECT /* mnfst-admin:validate */ 1", session);
            await command.ExecuteScalarAsync(token);
            rounds.Add(time.GetElapsedTime(start).TotalMilliseconds);
        }

        rounds.Sort();
        var median = rounds[LatencyRounds / 2];
        var message = string.Create(CultureInfo.InvariantCulture, $"A round trip to {target} takes {median:0.0} ms from here.");
        _findings.Add(median > SlowMilliseconds
            ? Finding.Warning(target.Key, "live-latency", message, "Run the backend near its database: every request makes several round trips.")
            : Finding.Note(target.Key, "live-latency", message));
    }

    /// <summary>Runs one probe within its limit; false, with a finding, when it failed.</summary>
    private async Task<bool> StepAsync(string rule, Func<CancellationToken, Task> probe, CancellationToken limited, CancellationToken cancellationToken)
    {
        progress?.Report($"Asking {target}: {rule["live-".Length..]}");
        using var limit = new CancellationTokenSource(options.ProbeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, limited);
        try
        {
            // What does not heed the token, such as a name service, is not waited for.
            await probe(either.Token).WaitAsync(either.Token);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or IOException or OperationCanceledException or TimeoutException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _findings.Add(Fault(rule, exception));
            return false;
        }
    }

    private Finding Fault(string rule, Exception exception)
    {
        if (LiveFaults.IsCleartextRefusal(exception))
        {
            return Finding.Error(target.Key, rule, $"{target} asks for the password in clear, and the connection is not encrypted by a certificate that is verified. The password was not sent.", "Use scram-sha-256 in pg_hba.conf, or write sslmode=verify-full with sslrootcert.");
        }

        var fault = ConnectionFault.From(exception, target.Url);
        var words = FaultText.Outcome(Verdict.Failing, fault.Words);
        var named = fault.Kind is ConnectionFaultKind.NoDatabase ? "live-database" : rule;
        return Finding.Error(target.Key, named, words.Evidence, words.Remedy);
    }
}
