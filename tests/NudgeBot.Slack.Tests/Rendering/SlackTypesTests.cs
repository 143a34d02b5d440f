using System.Diagnostics;

namespace NudgeBot.Slack.Tests.Rendering;

/// <summary>
/// Every snapshot against the schemas that Slack's own types make (npm's <c>@slack/types</c>), where Node.js is there. The types know fields, their
/// kinds and which are required; they know no lengths, which <see cref="SlackRules"/> does.
/// </summary>
public class SlackTypesTests
{
    const string Versions = """
        {"private": true, "dependencies": {"@slack/types": "3.2.0", "ts-json-schema-generator": "2.4.0", "ajv": "8.20.0", "typescript": "5.9.3"}}
        """;

    /// <summary>A block may by these types also be one that nobody knows, which anything would be: that alternative is taken out.</summary>
    const string Validate = """
        const fs = require('fs'), path = require('path'), { createGenerator } = require('ts-json-schema-generator'), Ajv = require('ajv');
        const types = 'node_modules/@slack/types/dist/index.d.ts';
        const schemaOf = type => {
          const cached = `${type}.schema.json`;
          if (!fs.existsSync(cached)) {
            const schema = createGenerator({ path: types, type, skipTypeCheck: true }).createSchema(type);
            if (schema.definitions.AnyBlock) schema.definitions.AnyBlock = { $ref: '#/definitions/KnownBlock' };
            fs.writeFileSync(cached, JSON.stringify(schema));
          }
          return new Ajv({ strict: false, allErrors: false }).compile(JSON.parse(fs.readFileSync(cached)));
        };
        const check = { block: schemaOf('KnownBlock'), modal: schemaOf('ModalView'), home: schemaOf('HomeView') };
        let checked = 0, broken = 0;
        const must = (validate, value, where) => {
          checked++;
          if (!validate(value)) { broken++; console.log(`${where}: ${JSON.stringify(validate.errors.slice(0, 3))}`); }
        };
        for (const file of process.argv.slice(2)) {
          for (const [name, payload] of Object.entries(JSON.parse(fs.readFileSync(file)))) {
            const where = `${path.basename(file)} ${name}`;
            if (payload.type) must(check[payload.type], payload, where);
            for (const block of payload.blocks ?? []) must(check.block, block, where);
          }
        }
        console.log(`checked ${checked}, broken ${broken}`);
        """;

    [Fact]
    public async Task Slacks_own_types_allow_every_snapshot()
    {
        var folder = await InstalledAsync();
        var script = Path.Combine(folder, $"validate-{Environment.ProcessId}.js");
        await File.WriteAllTextAsync(script, Validate, TestContext.Current.CancellationToken);
        var snapshots = Directory.GetFiles(Payloads.Folder, "*.json").Order().ToArray();

        var (code, said) = await RunAsync("node", folder, [script, .. snapshots]);

        File.Delete(script);
        code.ShouldBe(0, said);
        said.Trim().Split('\n')[^1].ShouldMatch(@"^checked \d{3,}, broken 0$", said);
    }

    /// <summary>Once for these versions, in a folder that other runs find again.</summary>
    static async Task<string> InstalledAsync()
    {
        var version = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Versions + Validate)))[..12];
        var folder = Path.Combine(Path.GetTempPath(), $"nudgebot-slack-types-{version}");
        if (Directory.Exists(folder)) return folder;

        // Made beside it and moved there: a run that is broken off leaves nothing that looks complete.
        var making = Directory.CreateTempSubdirectory("nudgebot-slack-types-").FullName;
        await File.WriteAllTextAsync(Path.Combine(making, "package.json"), Versions, TestContext.Current.CancellationToken);
        var (code, said) = await RunAsync("npm", making, ["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        Assert.SkipWhen(code != 0, $"npm cannot install Slack's types: {said}");
        try
        {
            Directory.Move(making, folder);
        }
        catch (IOException)
        {
            Directory.Delete(making, recursive: true); // Another run was first.
        }
        return folder;
    }

    static async Task<(int Code, string Said)> RunAsync(string program, string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed here.");
            throw;
        }
        using (process)
        {
            var cancellation = TestContext.Current.CancellationToken;
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, string.Concat(said));
        }
    }
}
