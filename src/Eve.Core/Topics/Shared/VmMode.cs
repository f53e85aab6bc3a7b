namespace Eve.Topics;

public enum VmMode : byte
{
    Pv = 0,
    Hvm = 1,
    Filler = 2,
    Fml = 3,
    NoHyper = 4,
    Legacy = 5,
}
