namespace Eve;

/// <summary>A piece of device configuration, named so that it can be found again and compared by value.</summary>
/// <param name="Id">Its name among all items, such as <c>bridge/bn1</c>.</param>
public abstract record Item(string Id)
{
    /// <summary>The ids of the items that must be there first.</summary>
    public virtual ValueList<string> Needs => [];
}

/// <summary>One step of a plan. From or To absent: create or delete; both: modify.</summary>
/// <param name="From">What is there.</param>
/// <param name="To">What is to be there.</param>
public readonly record struct Operation(Item? From, Item? To)
{
    /// <summary>The item's id.</summary>
    public string Id => (To ?? From)!.Id;
}

/// <summary>Carries out single operations on the machine.</summary>
public interface IApplier
{
    /// <summary>Whether one item can become the other in place; otherwise it is deleted and created, with all that need it.</summary>
    bool CanModify(Item from, Item to);

    /// <summary>Carries out one operation.</summary>
    /// <exception cref="EveException">It could not be done, and why; the item is tried again later.</exception>
    Task ApplyAsync(Operation operation, CancellationToken cancellationToken);
}
