using System.Text;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Chat;

/// <summary>What a client may get wrong: each is told, by status, field and code, and the server goes on.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private ServedApp _app = null!;

    public async Task InitializeAsync() => _app = await ServedApp.StartAsync(new ToldModel("fine"), o => (o.MaxRequestBytes, o.MaxPictures, o.MaxPicturePixels, o.MaxTokens) = (200_000, 2, 10_000, 100));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("", "invalid_json", null)]
    [InlineData("{", "invalid_json", null)]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("null", "invalid_json", null)]
    [InlineData("{\"model\": \"told\", \"model\": \"told\"}", "invalid_json", null)]
    [InlineData("{\"model\": \"told\"} trailing", "invalid_json", null)]
    [InlineData("{\"messages\": MESSAGES}", "missing_required_parameter", "model")]
    [InlineData("{\"model\": 3, \"messages\": MESSAGES}", "invalid_value", "model")]
    [InlineData("{\"model\": \"told\"}", "missing_required_parameter", "messages")]
    [InlineData("{\"model\": \"told\", \"messages\": []}", "missing_required_parameter", "messages")]
    [InlineData("{\"model\": \"told\", \"messages\": \"Hi\"}", "invalid_value", "messages")]
    [InlineData("{\"model\": \"told\", \"messages\": [\"Hi\"]}", null, "messages[0]")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"content\": \"Hi\"}]}", "missing_required_parameter", "messages[0].role")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"robot\", \"content\": \"Hi\"}]}", "invalid_value", "messages[0].role")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"user\"}]}", "missing_required_parameter", "messages[0].content")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"user\", \"content\": 5}]}", "invalid_value", "messages[0].content")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"user\", \"content\": \"\\ud800\"}]}", "invalid_value", "messages[0].content")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"input_audio\"}]}]}", "invalid_value", "messages[0].content[0].type")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}]}", "missing_required_parameter", "messages[0].content[0].text")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"assistant\", \"content\": \"Hi\"}]}", "invalid_value", "messages")]
    [InlineData("{\"model\": \"told\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"system\", \"content\": \"b\"}]}", "invalid_value", "messages[1].role")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"temperature\": \"warm\"}", "invalid_value", "temperature")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"temperature\": 3}", "invalid_value", "temperature")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"temperature\": 1e999}", "invalid_value", "temperature")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"top_p\": -1}", "invalid_value", "top_p")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"max_tokens\": 0}", "invalid_value", "max_tokens")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"max_tokens\": 101}", "invalid_value", "max_tokens")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"max_tokens\": 1.5}", "invalid_value", "max_tokens")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"max_tokens\": 3, \"max_completion_tokens\": 4}", "invalid_value", "max_completion_tokens")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"seed\": 99999999999999999999}", "invalid_value", "seed")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"stop\": [\"\"]}", "invalid_value", "stop")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"stop\": [3]}", "invalid_value", "stop")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"stream\": \"yes\"}", "invalid_value", "stream")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"stream_options\": {\"include_usage\": true}}", "invalid_value", "stream_options")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"n\": 2}", "invalid_value", "n")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"n\": 99, \"temperature\": 1}", "invalid_value", "n")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"tools\": [{\"type\": \"function\"}]}", "unsupported_parameter", "tools")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"logprobs\": true}", "unsupported_parameter", "logprobs")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"response_format\": {\"type\": \"json_object\"}}", "unsupported_parameter", "response_format")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"logit_bias\": {\"1\": 2}}", "unsupported_parameter", "logit_bias")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"frequency_penalty\": 1}", "unsupported_parameter", "frequency_penalty")]
    [InlineData("{\"model\": \"told\", \"messages\": MESSAGES, \"temprature\": 1}", "unsupported_parameter", "temprature")]
    public async Task A_wrong_body_is_told(string body, string? code, string? param)
    {
        Reply reply = await _app.PostAsync("/v1/chat/completions", body.Replace("MESSAGES", "[{\"role\": \"user\", \"content\": \"Hi\"}]", StringComparison.Ordinal));
        Assert.Equal((400, code, param), (reply.Code, reply.ErrorCode, reply.Param));
        Assert.Equal("invalid_request_error", (string?)reply.Json["error"]!["type"]);
        await StillAnswersAsync();
    }

    [Fact]
    public async Task Text_that_is_no_text_is_told()
    {
        foreach (string body in new[]
        {
            """{"model": "told", "messages": MESSAGES, "\ud800": 1}""",
            """{"model": "told", "messages": MESSAGES, "stop": ["\udc00"]}""",
            """{"model": "told", "messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": "{\"\\ud800\": 1}"}}]}, {"role": "user", "content": "a"}]}""",
            """{"model": "told", "messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": "{\"a\": 1, \"a\": 2}"}}]}, {"role": "user", "content": "a"}]}""",
            """{"model": "told", "messages": [{"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": "[{"}}]}, {"role": "user", "content": "a"}]}""",
        })
            Assert.Equal(400, (await _app.PostAsync("/v1/chat/completions", body.Replace("MESSAGES", "[{\"role\": \"user\", \"content\": \"Hi\"}]", StringComparison.Ordinal))).Code);
        foreach (string place in new[] { "{\"mo#del\": \"told\"}", "{\"model\": \"to#ld\"}" })
        {
            using var content = new ByteArrayContent([.. place.Select(c => c == '#' ? (byte)0xce : (byte)c)]);
            content.Headers.ContentType = new("application/json");
            Assert.Equal("invalid_json", (await Reply.ReadAsync(await _app.Client.PostAsync("/v1/chat/completions", content))).ErrorCode);
        }
        await StillAnswersAsync();
    }

    [Theory]
    [InlineData("http://example.com/a.png", "image_url_not_fetched")]
    [InlineData("https://example.com/a.png", "image_url_not_fetched")]
    [InlineData("file:///etc/passwd", "image_url_not_fetched")]
    [InlineData("data:text/plain;base64,aGk=", "invalid_image_url")]
    [InlineData("data:image/png,aGk=", "invalid_image_url")]
    [InlineData("data:image/png;base64,@@@@", "invalid_base64")]
    [InlineData("data:image/png;base64,aGk", "invalid_base64")]
    [InlineData("data:image/png;base64,", "invalid_image")]
    [InlineData("data:image/png;base64,aGk=", "invalid_image")]
    public async Task A_picture_that_is_none_is_told(string url, string code)
    {
        Reply reply = await _app.AskAsync(Pictures.Question("told", "What?", url));
        Assert.Equal((400, code, "messages[0].content[0].image_url.url"), (reply.Code, reply.ErrorCode, reply.Param));
        await StillAnswersAsync();
    }

    [Fact]
    public async Task Pictures_have_bounds_in_number_size_and_health()
    {
        Assert.Equal(200, (await _app.AskAsync(Pictures.Question("told", "?", Pictures.Url(), Pictures.Url()))).Code);
        Assert.Equal("too_many_images", (await _app.AskAsync(Pictures.Question("told", "?", Pictures.Url(), Pictures.Url(), Pictures.Url()))).ErrorCode);
        Assert.Equal("image_too_large", (await _app.AskAsync(Pictures.Question("told", "?", Pictures.Url(120, 100)))).ErrorCode);
        Assert.Equal("image_too_large", (await _app.AskAsync(Pictures.Question("told", "?", Pictures.Url(80, 80), Pictures.Url(80, 80)))).ErrorCode);
        byte[] torn = Pictures.Png(64, 64)[..200]; // its header is fine
        Assert.Equal("invalid_image", (await _app.AskAsync(Pictures.Question("told", "?", "data:image/png;base64," + Convert.ToBase64String(torn)))).ErrorCode);
        await StillAnswersAsync();
    }

    [Fact]
    public async Task Unknown_models_and_places_are_not_found()
    {
        Reply model = await _app.AskAsync(new { model = "gpt-5", messages = new[] { new { role = "user", content = "Hi" } } });
        Assert.Equal((404, "model_not_found", "model"), (model.Code, model.ErrorCode, model.Param));
        Assert.Contains("'told'", model.Error, StringComparison.Ordinal);
        Assert.Equal((404, "model_not_found"), ((await _app.GetAsync("/v1/models/gpt-5")).Code, (await _app.GetAsync("/v1/models/a/b")).ErrorCode));
        Assert.Equal("told", (string?)(await _app.GetAsync("/v1/models/told")).Json["id"]);
        Assert.Equal("told", (string?)(await _app.GetAsync("/v1/models")).Json["data"]![0]!["id"]);
        Assert.Equal((404, "unknown_url"), ((await _app.GetAsync("/v1/embeddings")).Code, (await _app.PostAsync("/v1/embeddings", "{}")).ErrorCode));
        Assert.Equal("unknown_url", (await _app.GetAsync("/v1/chat/completions")).ErrorCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_deep_or_of_another_type_is_refused()
    {
        Reply large = await _app.AskAsync(new string('a', 300_000));
        Assert.Equal((413, "request_too_large"), (large.Code, large.ErrorCode));
        using var endless = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("{\"model\": \"" + new string('a', 400_000))));
        endless.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = endless };
        request.Headers.TransferEncodingChunked = true; // its length is not known before
        Assert.Equal(413, (int)(await _app.Client.SendAsync(request)).StatusCode);
        Reply deep = await _app.PostAsync("/v1/chat/completions", new string('[', 50_000));
        Assert.Equal((400, "invalid_json"), (deep.Code, deep.ErrorCode));
        Reply form = await _app.PostAsync("/v1/chat/completions", "{}", "text/plain");
        Assert.Equal((415, "unsupported_media_type"), (form.Code, form.ErrorCode));
        await StillAnswersAsync();
    }

    [Fact]
    public async Task A_question_that_does_not_fit_the_model_is_refused_before_anything_is_streamed()
    {
        foreach (bool stream in new[] { false, true })
        {
            Reply reply = await _app.AskAsync(ServedApp.Question(new string('a', 5000), stream));
            Assert.Equal((400, "context_length_exceeded"), (reply.Code, reply.ErrorCode));
        }
        await StillAnswersAsync();
    }

    private async Task StillAnswersAsync() => Assert.Equal("fine", (await _app.AskAsync("Hi")).Answer);
}
