namespace Eve.Topics;

public enum BearerType
{
    Unspecified = 0,
    Attach = 1,
    Default = 2,
    Dedicated = 3,
}
