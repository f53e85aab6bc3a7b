namespace Eve.Topics;

public enum Affinity : byte
{
    PreferredDuringScheduling = 0,
    RequiredDuringScheduling = 1,
}
