using Pixelis.Online.Privacy;

namespace Pixelis.Online.Tests.Privacy;

public class SubjectHasherTests
{
    private static readonly SubjectHasher Hasher = new(Redactors.Key);

    [Fact]
    public void A_person_has_one_hash_with_a_tenant_and_another_with_another()
    {
        string hash = Hasher.Hash("acme", "ann@example.org");
        Assert.Matches("^[0-9a-f]{32}$", hash);
        Assert.Equal(hash, Hasher.Hash("acme", " Ann@Example.org\n"));
        Assert.NotEqual(hash, Hasher.Hash("acme", "bob@example.org"));
        Assert.NotEqual(hash, Hasher.Hash("other", "ann@example.org"));
        Assert.NotEqual(Hasher.Hash("ab", "c"), Hasher.Hash("a", "bc"));
        Assert.NotEqual(hash, new SubjectHasher(PrivacyKey.FromBytes(new byte[32])).Hash("acme", "ann@example.org"));
    }

    [Theory]
    [InlineData("", "ann")]
    [InlineData("acme", " ")]
    public void Empty_names_are_refused(string tenant, string subject) => Assert.Throws<ArgumentException>(() => Hasher.Hash(tenant, subject));
}
