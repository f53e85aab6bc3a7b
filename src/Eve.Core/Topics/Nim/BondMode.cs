namespace Eve.Topics;

public enum BondMode : byte
{
    Unspecified = 0,
    BalanceRr = 1,
    ActiveBackup = 2,
    BalanceXor = 3,
    Broadcast = 4,
    Ieee802Dot3AD = 5,
    BalanceTlb = 6,
    BalanceAlb = 7,
}
