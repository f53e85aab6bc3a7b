namespace Eve;

/// <summary>A failure that Eve explains: its message names the thing, the value and the remedy.</summary>
public class EveException : Exception
{
    /// <inheritdoc />
    public EveException(string message) : base(message)
    {
    }

    /// <inheritdoc />
    public EveException(string message, Exception inner) : base(message, inner)
    {
    }
}
