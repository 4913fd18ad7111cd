namespace MnfstRag.Postgres.Validating;

/// <summary>Looks at one side of an environment's settings.</summary>
internal interface IRule
{
    /// <summary>Everything that it finds, without asking anybody.</summary>
    IEnumerable<Finding> Judge(EnvironmentSettings settings);
}
