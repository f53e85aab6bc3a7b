using System.Diagnostics;

namespace Eve.Demo;

/// <summary>Comes in only where no other demo is, ends what an interrupted one left, and leaves the machine as it was.</summary>
/// <param name="name">Under which there is at most one demo on this machine.</param>
/// <param name="folder">Where the demo keeps its files.</param>
/// <param name="say">Tells a line.</param>
public sealed class Tenancy(string name, string folder, Action<string> say)
{
    const string LibvirtFolder = "/run/libvirt";
    static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(1);
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    Claim? _claim;
    DemoNote _note = new(Environment.ProcessId, folder, DemoState.Running, MadeLibvirtFolder: false);

    /// <summary>The namespaces, processes and files of this demo.</summary>
    public Lab Lab { get; } = new(name, folder);

    /// <summary>Why no demo can begin now; null if one can.</summary>
    public string? Refusal() => (IsTaken, Claim.Read(name)) switch
    {
        (true, { State: DemoState.Running } other) =>
            $"A demo is running: process {other.Process}, its files are in {other.Folder}. Ctrl-C there ends it, and so does: make demo-stop",
        (_, { State: DemoState.Kept } other) when Lab.Exists =>
            $"A demo was left running by KEEP=1, its files are in {other.Folder}. To end it: make demo-stop",
        _ => null,
    };

    /// <summary>Takes the place; what an interrupted demo left there is ended.</summary>
    /// <returns>False if another demo has it.</returns>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        _claim = await ClaimAsync(Refusal, "An earlier demo is cleaning up: waiting for it.", cancellationToken);
        if (_claim is null)
            return false;
        if (Claim.Read(name) is { } left)
        {
            say("An earlier demo was interrupted: ending what it left.");
            await RemoveAsync(left);
        }
        // Of a demo that could leave no note, or of one before the machine was started anew.
        await Lab.RemoveAsync(CancellationToken.None);
        _note = _note with { MadeLibvirtFolder = !Directory.Exists(LibvirtFolder) };
        _claim.Write(_note);
        return true;
    }

    /// <summary>Goes, and leaves everything running.</summary>
    public void Keep()
    {
        _claim!.Write(_note with { State = DemoState.Kept });
        _claim.Dispose();
    }

    /// <summary>Goes; what the demo made goes too, but for its files if they are to be looked at.</summary>
    public async Task LeaveAsync(bool keepFiles = false)
    {
        if (_claim is null)
            return;
        _claim.Write(_note with { State = DemoState.Ending });
        if (keepFiles)
            await Lab.StopAsync(CancellationToken.None);
        else
            await RemoveAsync(_note);
        _claim.Erase();
        _claim.Dispose();
    }

    /// <summary>Ends whatever demo there is: running, left running or interrupted.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var there = Claim.Read(name);
        if (there is { State: DemoState.Running } && IsTaken)
        {
            say($"A demo is running: ending it (process {there.Process}).");
            await Lab.SignalAsync("-TERM", [there.Process], cancellationToken);
        }
        _claim = await ClaimAsync(() => null, "Waiting for its end.", cancellationToken);
        var was = there is not null || Lab.Exists;
        await RemoveAsync(Claim.Read(name) ?? _note);
        _claim!.Dispose();
        say(was ? "Nothing of the demo is left." : "No demo is running.");
    }

    bool IsTaken
    {
        get
        {
            using var claim = Claim.Take(name);
            return claim is null;
        }
    }

    async Task<Claim?> ClaimAsync(Func<string?> refusal, string whileWaiting, CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.StartNew(); began.Elapsed < EndPatience; await Task.Delay(PollInterval, cancellationToken))
        {
            if (refusal() is { } reason)
            {
                say(reason);
                return null;
            }
            if (Claim.Take(name) is { } claim)
                return claim;
            if (whileWaiting.Length > 0)
                say(whileWaiting);
            whileWaiting = "";
        }
        throw new TimeoutException($"Another demo (process {Claim.Read(name)?.Process}) has not ended within a minute.");
    }

    async Task RemoveAsync(DemoNote note)
    {
        await new Lab(name, note.Folder).RemoveAsync(CancellationToken.None);
        if (note.MadeLibvirtFolder && Directory.Exists(LibvirtFolder))
            Directory.Delete(LibvirtFolder, recursive: true);
        _claim!.Erase();
    }
}
