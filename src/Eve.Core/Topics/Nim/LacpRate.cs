namespace Eve.Topics;

public enum LacpRate : byte
{
    Unspecified = 0,
    Slow = 1,
    Fast = 2,
}
