namespace Pixelis.Online.Updates;

/// <summary>That a task could not be learnt from, told apart from what is wrong with the worker itself.</summary>
internal sealed class UnlearnableTaskException(Exception cause) : Exception(cause.Message, cause);
