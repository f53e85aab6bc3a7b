namespace Eve.Topics;

public enum IoType : byte
{
    Nop = 0,
    NetEth = 1,
    Usb = 2,
    Com = 3,
    Audio = 4,
    NetWlan = 5,
    NetWwan = 6,
    Hdmi = 7,
    NvmeStorage = 9,
    SataStorage = 10,
    NetEthPf = 11,
    NetEthVf = 12,
    UsbController = 13,
    UsbDevice = 14,
    Can = 15,
    Vcan = 16,
    Lcan = 17,
    Nvme = 255,
    Other = 255,
}
