namespace Eve.Topics;

public enum DataSecAtRestStatus
{
    Unknown = 0,
    Disabled = 1,
    Enabled = 2,
    Error = 4,
}
