namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Knows where pool truth comes from. Today the configuration says so; an editor of environments may say it better.</summary>
public interface IPoolSources
{
    /// <summary>The sources of an environment; never null, but each of them may be.</summary>
    PoolSources Of(string environment);
}
