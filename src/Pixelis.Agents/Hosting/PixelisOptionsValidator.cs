using Microsoft.Extensions.Options;

namespace Pixelis.Agents.Hosting;

/// <summary>Checks an agent's settings; each message names the setting, what it is, and what to do.</summary>
internal sealed class PixelisOptionsValidator : IValidateOptions<PixelisOptions>
{
    public ValidateOptionsResult Validate(string? name, PixelisOptions options)
    {
        string agent = string.IsNullOrEmpty(name) ? "Pixelis" : $"Pixelis agent '{name}'";
        string[] problems = [.. Model(options).Concat(Words(options)).Concat(Ranges(options)).Select(problem => $"{agent}: {problem}")];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Model(PixelisOptions options)
    {
        int sources = (options.Model is not null ? 1 : 0) + (options.Server is not null ? 1 : 0) + (options.ModelFactory is not null ? 1 : 0);
        if (sources == 0)
            yield return "no model is set. Set Model to a Hugging Face folder, or Server to an OpenAI-compatible server.";
        if (sources > 1)
            yield return "more than one of Model, Server and ModelFactory is set. Set only one.";
        if (options.Model is { } folder)
        {
            if (!Directory.Exists(folder))
                yield return $"Model is '{folder}', but there is no such folder (looked for {Path.GetFullPath(folder.Length == 0 ? "." : folder)}). Set it to a Hugging Face folder, or download the model there.";
            else if (!File.Exists(Path.Combine(folder, "config.json")))
                yield return $"Model is '{folder}', but the folder has no config.json. Set it to the folder that holds config.json, the weights and the tokenizer.";
        }
        if (options.Server is not { } server)
            yield break;
        if (server.Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"Server:Endpoint is '{server.Endpoint}'. Set it to an http or https address with the version part, such as http://127.0.0.1:8000/v1.";
        if (string.IsNullOrEmpty(server.Model))
            yield return "Server:Model is not set. Set it to the model's name as the server knows it.";
        if (server.Timeout <= TimeSpan.Zero)
            yield return $"Server:Timeout is {server.Timeout}. Set it to more than zero.";
        if (server.MaxRetries < 0)
            yield return $"Server:MaxRetries is {server.MaxRetries}. Set it to 0 (never) or more.";
    }

    private static IEnumerable<string> Words(PixelisOptions options)
    {
        foreach (string tool in options.Tools.Where(t => !SettingNames.IsTool(t)))
            yield return $"Tools holds '{tool}', which is no visual tool. The tools are {string.Join(", ", SettingNames.ToolNames)}; register your own as ITool services.";
        if (options.Dialect is { } dialect && SettingNames.Dialect(dialect) is null)
            yield return $"Dialect is '{options.Dialect}'. Set it to one of: {string.Join(", ", SettingNames.DialectNames)}.";
        if (options.DataType is { } type && !SettingNames.IsDataType(type))
            yield return $"DataType is '{type}'. Set it to one of: {string.Join(", ", SettingNames.DataTypeNames)}; or leave it out.";
        if (options.Device is { } device && !SettingNames.IsDevice(device))
            yield return $"Device is '{device}'. Set it to cpu, cuda or cuda:N; or leave it out.";
    }

    private static IEnumerable<string> Ranges(PixelisOptions options)
    {
        if (options.ContextLength is < 1)
            yield return $"ContextLength is {options.ContextLength}. Set it to at least 1, or leave it out.";
        if (options.Generation is { } generation && Problem(generation.Validate) is { } problem)
            yield return $"Generation: {problem}";
        if (options.Limits is { } limits && Problem(limits.Validate) is { } limit)
            yield return $"Limits: {limit}";
    }

    private static string? Problem(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
