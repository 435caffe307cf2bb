using Pixelis.TestKit;

namespace Pixelis.Training.Tests.Checkpoints;

public class CheckpointStoreTests
{
    [Fact]
    public void Keeps_the_newest_and_the_best()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder["run"], keep: 2);
        for (int step = 1; step <= 5; step++)
            store.Save(step, isBest: step == 2, f => Write(f, $"{step}"));
        Assert.Equal([5, 4, 2], store.All.Select(f => CheckpointStore.StepOf(f)!.Value));
        Assert.Equal("step-00000002", Path.GetFileName(store.Best));
        Assert.Equal("5", File.ReadAllText(Path.Combine(store.FindLatest()!, "a.txt")));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("changed")]
    [InlineData("missing")]
    [InlineData("no manifest")]
    [InlineData("broken manifest")]
    public void A_damaged_checkpoint_is_passed_over_and_told(string damage)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder["run"]);
        store.Save(1, false, f => Write(f, "one"));
        string newest = store.Save(2, false, f => Write(f, "two"));
        string file = Path.Combine(newest, "a.txt"), manifest = Path.Combine(newest, "manifest.json");
        switch (damage)
        {
            case "truncated": File.WriteAllText(file, "tw"); break;
            case "changed": File.WriteAllText(file, "twp"); break;
            case "missing": File.Delete(file); break;
            case "no manifest": File.Delete(manifest); break;
            default: File.WriteAllText(manifest, "{"); break;
        }

        var told = new List<string>();
        Assert.Equal("step-00000001", Path.GetFileName(store.FindLatest(told.Add)));
        Assert.Contains("step-00000002", Assert.Single(told));
    }

    [Fact]
    public void A_failed_write_leaves_the_earlier_ones_and_no_trace()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder["run"], keep: 1);
        store.Save(1, false, f => Write(f, "one"));
        CheckpointException error = Assert.Throws<CheckpointException>(() => store.Save(2, true, f =>
        {
            Write(f, "half of it");
            throw new IOException("No space left on device");
        }));
        Assert.Contains("No space left", error.Message);
        Assert.Equal("one", File.ReadAllText(Path.Combine(store.FindLatest()!, "a.txt")));
        Assert.Single(Directory.EnumerateFileSystemEntries(store.Folder));
    }

    [Fact]
    public void What_interrupted_writes_left_is_cleaned_up_and_a_half_replaced_checkpoint_comes_back()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder["run"]);
        string place = store.Save(1, false, f => Write(f, "one"));
        Directory.CreateDirectory(Path.Combine(store.Folder, ".step-00000002.ab.tmp"));
        Directory.Move(place, Path.Combine(store.Folder, ".step-00000001.old.ab.tmp")); // killed between the two renames
        var again = new CheckpointStore(store.Folder);
        Assert.Equal(place, again.FindLatest());
        Assert.Single(Directory.EnumerateFileSystemEntries(store.Folder));
    }

    [Fact]
    public void A_checkpoint_of_the_same_step_is_replaced()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder["run"]);
        store.Save(1, false, f => Write(f, "one"));
        store.Save(1, true, f => Write(f, "again"));
        Assert.Equal("again", File.ReadAllText(Path.Combine(store.FindLatest()!, "a.txt")));
        Assert.Single(store.All);
    }

    private static void Write(string folder, string text) => File.WriteAllText(Path.Combine(folder, "a.txt"), text);
}
