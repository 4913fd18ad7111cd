namespace MnfstRag.Admin.Data.Environments;

/// <summary>Stands for section <c>Environments</c>, which has names of people's choice as keys; it exists to be validated at start.</summary>
internal sealed class EnvironmentsOptions;
