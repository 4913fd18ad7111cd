using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Checking;

/// <summary>A check that asks the server one question and judges the answer.</summary>
internal abstract class ServerCheck<T> : ICheck
    where T : class
{
    public abstract string Name { get; }

    public abstract string Title { get; }

    public string? Needs => CheckNames.SignIn;

    /// <summary>The question.</summary>
    protected abstract IReader<T> Question { get; }

    /// <summary>The rule, and nothing but the rule: the same facts have the same outcome.</summary>
    public abstract CheckOutcome Judge(T facts, Capabilities server);

    public async Task<CheckOutcome> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var (facts, unread) = await context.ReadAsync(Question, cancellationToken);
        return facts is null ? unread! : await ConcludeAsync(facts, context, cancellationToken);
    }

    /// <summary>The rule alone, unless what the store knows belongs to it.</summary>
    protected virtual Task<CheckOutcome> ConcludeAsync(T facts, CheckContext context, CancellationToken cancellationToken) => Task.FromResult(Judge(facts, context.Server));
}
