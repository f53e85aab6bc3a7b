namespace Eve.Topics;

public enum DrainRequester : byte
{
    None = 1,
    DeviceOp = 2,
    Update = 3,
}
