using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Chat;

/// <summary>Requests with bytes changed, cut and inserted at random: whatever comes, the reply has OpenAI's form, and nothing is a server error.</summary>
public class FuzzedRequestTests
{
    private static readonly string Valid = JsonSerializer.Serialize(new
    {
        model = "told", temperature = 0.5, top_p = 0.9, max_tokens = 5, seed = 1, n = 1, stop = new[] { "x" }, stream = false, user = "ann",
        messages = new object[]
        {
            new { role = "system", content = "Be brief." },
            new { role = "user", content = new object[] { new { type = "image_url", image_url = new { url = Pictures.Url(8, 8) } }, new { type = "text", text = "What?" } } },
        },
    });

    [Fact]
    public async Task No_request_brings_it_down()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), o => o.MaxPicturePixels = 1_000_000);
        Gen<(int, int, byte)> change = Gen.Choose(0, 2).SelectMany(kind => Gen.Choose(0, Valid.Length - 1), (kind, at) => (kind, at)).SelectMany(p => Gen.Choose(0, 255), (p, b) => (p.kind, p.at, (byte)b));
        Prop.ForAll(change.NonEmptyListOf().Select(l => l.Take(6).ToArray()).ToArbitrary(), changes => Check(app, Change(changes)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer);
    }

    // Replaces, removes or inserts a byte.
    private static byte[] Change((int Kind, int At, byte Value)[] changes)
    {
        List<byte> body = [.. Encoding.UTF8.GetBytes(Valid)];
        foreach ((int kind, int at, byte value) in changes)
        {
            int index = at % body.Count;
            if (kind == 0)
                body[index] = value;
            else if (kind == 1)
                body.RemoveAt(index);
            else
                body.Insert(index, value);
        }
        return [.. body];
    }

    private static async Task<bool> Check(ServedApp app, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        Reply reply = await Reply.ReadAsync(await app.Client.PostAsync("/v1/chat/completions", content));
        if (reply.Code == 200)
            return reply.Json["choices"] is not null;
        return reply.Error.Length > 0 && reply.Code is 400 or 404;
    }
}
