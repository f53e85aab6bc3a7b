namespace Eve.Topics;

public enum AppRuntimeType
{
    Unspecified = 0,
    Docker = 1,
}
