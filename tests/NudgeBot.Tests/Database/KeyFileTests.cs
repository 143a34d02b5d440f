using NudgeBot.Database;

namespace NudgeBot.Tests.Database;

public sealed class KeyFileTests : IDisposable
{
    readonly string home = Path.Combine(Directory.CreateTempSubdirectory("nudgebot-test-").FullName, "home");

    string KeyPath => Path.Combine(home, "key");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(home)!, recursive: true);

    [Fact]
    public void Is_made_once_for_its_owner_alone()
    {
        var seal = KeyFile.Open(setting: null, home).Seal("secret", "test");

        File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        KeyFile.Open("", home).Open(seal, "test").ShouldBe("secret");
        Directory.GetFiles(home).Order().ShouldBe([KeyPath, $"{KeyPath}.lock"]);
    }

    [Fact]
    public async Task Programs_that_start_together_have_one_key()
    {
        var boxes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => KeyFile.Open(setting: null, home))));

        var seal = boxes[0].Seal("secret", "test");
        boxes.ShouldAllBe(box => box.Open(seal, "test") == "secret");
        Directory.GetFiles(home).Order().ShouldBe([KeyPath, $"{KeyPath}.lock"]);
    }

    [Fact]
    public void The_setting_wins_and_no_file_is_made()
    {
        KeyFile.Open(SecretBox.NewKey(), home);

        Directory.Exists(home).ShouldBeFalse();
    }

    [Fact]
    public void With_an_external_database_a_key_is_asked_for() =>
        Should.Throw<SettingException>(() => KeyFile.Open(setting: null, home: null)).Message.ShouldContain("openssl rand -base64 32");

    [Fact]
    public void A_file_that_others_can_read_or_that_is_empty_is_refused()
    {
        KeyFile.Open(setting: null, home);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Should.Throw<SettingException>(() => KeyFile.Open(setting: null, home)).Message.ShouldContain("chmod 600");

        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(KeyPath, "");
        Should.Throw<SettingException>(() => KeyFile.Open(setting: null, home)).Message.ShouldContain("is empty");
    }
}
