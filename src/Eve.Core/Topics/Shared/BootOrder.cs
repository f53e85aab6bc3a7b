namespace Eve.Topics;

public enum BootOrder
{
    Unspecified = 0,
    Usb = 1,
    NoUsb = 2,
}
