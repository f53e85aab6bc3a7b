namespace Eve.Agents.Zedrouter;

/// <summary>Something of a network instance on this machine.</summary>
/// <param name="OfBridge">The bridge of the network instance; empty for what all share.</param>
/// <param name="OfVif">The app's interface; empty for what belongs to the network instance as a whole.</param>
internal abstract record NetworkItem(string Id, string OfBridge, string OfVif = "") : Item(Id);
