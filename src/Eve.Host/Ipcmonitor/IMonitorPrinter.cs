namespace Eve.Host.Ipcmonitor;

/// <summary>Shows what ipcmonitor has found: to people, or to programs.</summary>
internal interface IMonitorPrinter
{
    /// <summary>Something has happened to a table.</summary>
    void Print(TableEvent happened);

    /// <summary>The tables that there are.</summary>
    void Print(IReadOnlyList<TableReading> tables);
}
