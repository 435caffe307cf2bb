using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pixelis.Serving.Live;

/// <summary>
/// The page at <c>/</c>: one file with its style and script in it, which loads nothing from anywhere. It holds no content, so it needs no key; what it
/// shows it asks for with the key that its reader gives it. A browser runs nothing on it but the script it came with.
/// </summary>
internal sealed class LivePage
{
    private readonly byte[] _html;
    private readonly string _policy;

    public LivePage()
    {
        using Stream stream = typeof(LivePage).Assembly.GetManifestResourceStream("live.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string html = reader.ReadToEnd().ReplaceLineEndings("\n");
        _html = Encoding.UTF8.GetBytes(html);
        _policy = $"default-src 'none'; script-src '{HashOf(html, "script")}'; style-src '{HashOf(html, "style")}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = _html.Length;
        http.Response.Headers.ContentSecurityPolicy = _policy;
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        await http.Response.Body.WriteAsync(_html, http.RequestAborted);
    }

    // Of the one element of that name, as browsers count it: everything between its tags.
    private static string HashOf(string html, string element)
    {
        int start = html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        int end = html.IndexOf($"</{element}>", start, StringComparison.Ordinal);
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[start..end])));
    }
}
