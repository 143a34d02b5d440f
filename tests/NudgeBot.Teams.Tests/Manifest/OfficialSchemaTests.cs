using System.IO.Compression;
using NudgeBot.Teams.Installing;
using NudgeBot.Tests;
using NudgeBot.Tests.Rendering;

namespace NudgeBot.Teams.Tests.Manifest;

/// <summary>Microsoft's own schemas of npm's <c>@microsoft/app-manifest</c>.</summary>
public sealed class OfficialSchemaTests
{
    const string Packages = """
        {"private": true, "dependencies": {"@microsoft/app-manifest": "1.1.2", "ajv-draft-04": "1.0.0", "ajv-formats": "3.0.1"}}
        """;

    /// <summary>The version is the one that the file names; <c>const</c> is none of this draft's words, so it is compared here. No "u": one of the schema's patterns is not of that kind.</summary>
    const string Validate = """
        const fs = require('fs'), path = require('path'), Ajv = require('ajv-draft-04'), formats = require('ajv-formats');
        const schemas = path.join(path.dirname(require.resolve('@microsoft/app-manifest/package.json')), 'build', 'json-schemas', 'teams');
        const newest = fs.readdirSync(schemas).map(name => /^v1\.(\d+)$/.exec(name)).filter(Boolean).sort((a, b) => b[1] - a[1])[0][0];
        for (const file of process.argv.slice(2)) {
          const json = JSON.parse(fs.readFileSync(file)), [, version, name] = /\/teams\/(v[\d.]+)\/(\w+\.(?:Localization\.)?schema\.json)$/.exec(json.$schema);
          const schema = JSON.parse(fs.readFileSync(path.join(schemas, version, name)));
          const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
          formats(ajv, ['uri', 'email', 'regex']);
          const validate = ajv.compile(schema), isValid = validate(json);
          const errors = isValid ? [] : validate.errors;
          if (version !== newest) errors.push(`${newest} is newer than ${version}`);
          if (json.manifestVersion && `v${json.manifestVersion}` !== version) errors.push(`it is of ${json.manifestVersion}`);
          console.log(errors.length ? JSON.stringify(errors) : 'valid');
        }
        """;

    [Fact]
    public async Task The_newest_ones_allow_the_files_as_they_are_and_as_they_are_filled_in_and_nothing_misspelt()
    {
        var files = new[] { "manifest.json", "de.json" }.Select(file => Path.Combine(TeamsAppFiles.Folder, file)).ToList();
        var package = new AppPackage("7a3c9e1b-0000-4000-8000-000000000001", null, "nudgebot.contoso.com", new string('N', 30), new string('C', 32), "https://intranet.contoso.com/x");
        using var zip = new ZipArchive(new MemoryStream(package.Zip(TeamsAppFiles.Folder)));
        using var manifest = new StreamReader(zip.GetEntry("manifest.json")!.Open());
        using var filled = new TextFile(await manifest.ReadToEndAsync(TestContext.Current.CancellationToken));
        (string File, string From, string To)[] changes =
        [
            (files[0], "commandLists", "commandList"),
            (files[0], "\"personal\"", "\"person\""),
            (files[0], "\"manifestVersion\": \"1.30\"", "\"manifestVersion\": \"1.3\""),
            (files[0], "#0f766e", "teal"),
            (files[1], "commands[0].description", "commands[0].text"),
        ];
        var misspelt = changes.Select(change => new TextFile(File.ReadAllText(change.File).Replace(change.From, change.To))).ToList();

        var (code, said) = await new NodeScript("teams-manifest", Packages, Validate).RunAsync([.. files, filled.Path, .. misspelt.Select(file => file.Path)]);

        misspelt.ForEach(file => file.Dispose());
        code.ShouldBe(0, said);
        var verdicts = said.Trim().Split('\n');
        verdicts[..3].ShouldBe(["valid", "valid", "valid"]);
        verdicts[3..].Length.ShouldBe(changes.Length);
        verdicts[3..].ShouldNotContain("valid");
    }
}
