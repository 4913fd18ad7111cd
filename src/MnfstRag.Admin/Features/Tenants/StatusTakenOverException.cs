namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Another process has this change of status by now, or it is gone: here nothing more is done about it.</summary>
internal sealed class StatusTakenOverException() : Exception("Another process has this change of status by now.");
