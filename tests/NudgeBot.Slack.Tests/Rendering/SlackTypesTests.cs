using NudgeBot.Tests.Rendering;

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
        var snapshots = Directory.GetFiles(Snapshot.Folder(), "*.json").Order();

        var (code, said) = await new NodeScript("slack-types", Versions, Validate).RunAsync(snapshots);

        code.ShouldBe(0, said);
        said.Trim().Split('\n')[^1].ShouldMatch(@"^checked \d{3,}, broken 0$", said);
    }
}
