using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>What of a guest's console was read.</summary>
/// <param name="Lines">Whole lines, oldest first, without their ends.</param>
/// <param name="Dropped">So many bytes were thrown away before them: the guest wrote more than is kept.</param>
public sealed record ConsoleText(IReadOnlyList<string> Lines, long Dropped = 0)
{
    /// <summary>Nothing new.</summary>
    public static ConsoleText Nothing { get; } = new([]);
}

/// <summary>The files that guests need besides their disks.</summary>
public interface IGuestFiles
{
    /// <summary>Checks the disks and makes the cloud-init seed.</summary>
    /// <returns>The guest, ready to be started.</returns>
    /// <exception cref="EveException">Something is wrong with what is configured, or a program is missing.</exception>
    Task<GuestDefinition> PrepareAsync(DomainConfig config, DomainStatus status, CancellationToken cancellationToken);

    /// <summary>Removes an app's seed and console.</summary>
    void Remove(Guid app);

    /// <summary>Removes what belongs to none of these apps.</summary>
    void Sweep(IReadOnlySet<Guid> apps);

    /// <summary>What a guest has written to its console since it was last asked; bounded.</summary>
    ConsoleText ReadConsole(Guid app);
}
