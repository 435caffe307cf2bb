using System.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary>The options of <c>pixelis serve</c> that no other verb has.</summary>
internal static class ServeOptions
{
    public static readonly Option<string?> Model = new("--model", "-m")
    {
        Description = "Hugging Face model folder (Qwen2.5-VL; Qwen2.5 or Qwen3 for questions without pictures)", Required = true, HelpName = "FOLDER",
    };

    public static readonly Option<string?> Name = new("--name")
    {
        Description = "What the model is called in requests and at /v1/models (default: the folder's name)", HelpName = "NAME",
    };

    public static readonly Option<string> Host = new("--host")
    {
        Description = "Address to listen on: localhost, 127.0.0.1, ::1, or one that others reach (0.0.0.0 for all), which needs an API key", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1",
    };

    public static readonly Option<int> Port = new("--port", "-p")
    {
        Description = "Port to listen on; 0 takes a free one and says which", HelpName = "N", DefaultValueFactory = _ => 8080,
    };

    public static readonly Option<string?> ApiKeyFile = new("--api-key-file")
    {
        Description = "File (mode 600) with an API key a line, any of which opens the server (see --admin-key-file); instead, the variable PIXELIS_API_KEY may hold one", HelpName = "FILE",
    };

    public static readonly Option<string?> AdminKeyFile = new("--admin-key-file")
    {
        Description = "File (mode 600) with keys that alone open review, live page and metrics; the other keys then only ask and give feedback", HelpName = "FILE",
    };
    public static readonly Option<string?> Online = new("--online")
    {
        Description = "Remember, vote and learn while serving; the folder keeps memory, versions, reviews and audit log, and is made when absent", HelpName = "DIR",
    };

    public static readonly Option<int> MaxRunning = new("--max-running")
    {
        Description = "Most requests answered at the same time", HelpName = "N", DefaultValueFactory = _ => 4,
    };

    public static readonly Option<int> MaxWaiting = new("--max-waiting")
    {
        Description = "Most requests that wait for their turn; further ones get 429 and Retry-After", HelpName = "N", DefaultValueFactory = _ => 16,
    };

    public static readonly Option<int> Rate = new("--rate")
    {
        Description = "Most requests of a key (without keys: of an address) in a minute; 0 for no limit", HelpName = "N", DefaultValueFactory = _ => 120,
    };

    public static readonly Option<int> MaxTokens = new("--max-tokens")
    {
        Description = "Most tokens a turn that a request may ask for", HelpName = "N", DefaultValueFactory = _ => 4096,
    };

    public static readonly Option<int> MaxPictures = new("--max-pictures")
    {
        Description = "Most pictures of a request", HelpName = "N", DefaultValueFactory = _ => 8,
    };

    public static readonly Option<double> MaxMegapixels = new("--max-megapixels")
    {
        Description = "Most megapixels of a request's pictures together", HelpName = "N", DefaultValueFactory = _ => 50,
    };

    public static readonly Option<double> MaxBody = new("--max-body")
    {
        Description = "Most mebibytes of a request's body", HelpName = "MIB", DefaultValueFactory = _ => 32,
    };

    public static readonly Option<double> Grace = new("--grace")
    {
        Description = "How long running episodes may go on after Ctrl-C; then they are cancelled", HelpName = "SECONDS", DefaultValueFactory = _ => 30,
    };
}
