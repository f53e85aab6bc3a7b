namespace Eve.Topics;

public enum PCRStatus
{
    Unknown = 0,
    Enabled = 1,
    Disabled = 2,
}
