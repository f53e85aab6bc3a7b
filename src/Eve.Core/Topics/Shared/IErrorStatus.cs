namespace Eve.Topics;

/// <summary>What carries EVE's error fields: an empty text is no error.</summary>
public interface IErrorStatus
{
    string Error { get; }
    GoTime ErrorTime { get; }
    ErrorSeverity ErrorSeverity { get; }
    string ErrorRetryCondition { get; }
    ValueList<ErrorEntity> ErrorEntities { get; }
}

/// <summary>The same, and how to change it: <c>status.With(new ErrorDescription(text, agent.Now, ErrorSeverity.Error))</c>.</summary>
public interface IErrorStatus<TSelf> : IErrorStatus where TSelf : IErrorStatus<TSelf>
{
    TSelf With(ErrorDescription error);
}

public static class ErrorStatus
{
    /// <summary>The five error fields as one value.</summary>
    public static ErrorDescription ToErrorDescription(this IErrorStatus status) =>
        new(status.Error, status.ErrorTime, status.ErrorSeverity, status.ErrorRetryCondition, status.ErrorEntities);
}
