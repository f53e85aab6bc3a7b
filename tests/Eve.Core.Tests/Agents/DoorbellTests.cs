using NUnit.Framework;

namespace Eve.Tests;

public class DoorbellTests
{
    [Test]
    public async Task A_ring_before_the_wait_ends_it_at_once()
    {
        var bell = new Doorbell();
        bell.Ring();
        await bell.WaitAsync();
    }

    [Test]
    public async Task Many_rings_are_one_wake()
    {
        var bell = new Doorbell();
        bell.Ring();
        bell.Ring();
        await bell.WaitAsync();
        var second = bell.WaitAsync().AsTask();
        Assert.That(second.IsCompleted, Is.False);
        Assert.That(bell.Idle, Is.True);
        bell.Ring();
        await second.WithinLimit();
        Assert.That(bell.Idle, Is.False, "the waiter is at work");
    }

    [Test]
    public async Task No_ring_is_lost_however_they_meet()
    {
        const int Ringers = 4, Rings = 50_000;
        var bell = new Doorbell();
        var rung = new int[Ringers];
        var ringers = Enumerable.Range(0, Ringers).Select(r => Task.Run(() =>
        {
            for (var i = 1; i <= Rings; i++)
            {
                rung[r] = i;        // a plain write: the ring itself must carry it over
                bell.Ring();
            }
        })).ToList();

        async Task WaitForAllAsync()
        {
            while (rung.Sum() < Ringers * Rings)
                await bell.WaitAsync();
        }

        await Task.WhenAll([WaitForAllAsync(), .. ringers]).WithinLimit();
    }
}
