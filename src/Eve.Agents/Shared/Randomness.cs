namespace Eve.Agents.Shared;

/// <summary>A number in 0..1, another one at each call; tests give their own.</summary>
public delegate double Randomness();

/// <summary>The device's randomness for spreading retries and reports; no secret is made of it.</summary>
internal sealed class LockedRandom
{
    readonly Lock _gate = new();
    readonly Random _random = new();

    public double Next()
    {
        lock (_gate)
            return _random.NextDouble();
    }
}
