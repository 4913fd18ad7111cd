namespace MnfstRag.Postgres.Maintaining;

/// <summary>The journal could not be written: nothing more may be sent, because nobody would know of it after a crash.</summary>
internal sealed class JournalException(Exception cause) : Exception("The journal of the run could not be written.", cause)
{
    /// <summary>Calls the journal; whatever it throws becomes this.</summary>
    public static async Task GuardAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception cause)
        {
            throw new JournalException(cause);
        }
    }
}
