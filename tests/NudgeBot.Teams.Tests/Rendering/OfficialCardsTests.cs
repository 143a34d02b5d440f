using NudgeBot.Tests.Rendering;

namespace NudgeBot.Teams.Tests.Rendering;

/// <summary>
/// Every snapshot against Microsoft's own: the types of Teams' cards (npm's <c>@microsoft/teams.cards</c>), which know every property and its values, and
/// the renderer (<c>adaptivecards</c>), whose every warning is an error here. Both are as strict as Teams is not; sizes are for <see cref="CardRules"/>.
/// </summary>
public class OfficialCardsTests
{
    const string Packages = """
        {"private": true, "dependencies": {"@microsoft/teams.cards": "2.1.0", "adaptivecards": "3.0.6", "jsdom": "26.1.0", "typescript": "5.9.3"}}
        """;

    /// <summary>
    /// Literals, in which the compiler takes no property that it does not know. "Full" is how Teams' documents write the one word that the types write
    /// small; Teams takes both.
    /// </summary>
    const string Compile = """
        const fs = require('fs'), path = require('path'), ts = require('typescript');
        const names = [], lines = ["import type { IAdaptiveCard } from '@microsoft/teams.cards';"];
        for (const file of process.argv.slice(2)) {
          for (const [name, payload] of Object.entries(JSON.parse(fs.readFileSync(file)))) {
            const card = JSON.stringify(payload.card ?? payload.task.value.card.content).replace('{"width":"Full"}', '{"width":"full"}');
            lines.push(`export const card${names.length}: IAdaptiveCard = ${card};`);
            names.push(`${path.basename(file)} ${name}`);
          }
        }
        const source = path.join(process.cwd(), `${path.basename(__filename, '.js')}.ts`);
        fs.writeFileSync(source, lines.join('\n'));
        const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true, skipLibCheck: true, noEmit: true, types: [] };
        const errors = ts.getPreEmitDiagnostics(ts.createProgram([source], options));
        fs.unlinkSync(source);
        for (const error of errors.slice(0, 10)) {
          const line = error.file ? error.file.getLineAndCharacterOfPosition(error.start).line : 0;
          console.log(`${names[line - 1]}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ').slice(0, 500)}`);
        }
        console.log(`checked ${names.length}, broken ${errors.length}`);
        """;

    /// <summary>The renderer's pattern for languages is one that remembers where it stopped, so that it refuses every second "de".</summary>
    const string Render = """
        const fs = require('fs'), path = require('path'), { JSDOM } = require('jsdom');
        const { window } = new JSDOM('');
        for (const name of Object.getOwnPropertyNames(window).filter(name => /^HTML|^Node$|^document$/.test(name))) globalThis[name] = window[name];
        globalThis.window = globalThis.self = window;
        Object.defineProperty(window.HTMLElement.prototype, 'innerText', { set(text) { this.textContent = text; } });
        const { AdaptiveCard, HostConfig, SerializationContext } = require('adaptivecards/dist/adaptivecards.js');
        // The labels of boxes to tick are Markdown in some hosts; how it is shown is theirs to say.
        AdaptiveCard.onProcessMarkdown = (text, result) => Object.assign(result, { didProcess: true, outputHtml: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') });
        const host = new HostConfig({ actions: { maxActions: 6 }, supportsInteractivity: true });
        const all = (json, name) => !json || typeof json !== 'object' ? []
          : Object.entries(json).flatMap(([key, value]) => key === 'data' || key === 'fallback' ? [] : key === name ? [value] : all(value, name));
        let checked = 0, broken = 0;
        for (const file of process.argv.slice(2)) {
          for (const [name, payload] of Object.entries(JSON.parse(fs.readFileSync(file)))) {
            const json = payload.card ?? payload.task.value.card.content, card = new AdaptiveCard(), context = new SerializationContext();
            card.hostConfig = host;
            card.parse(json, context);
            const said = [...Array(context.eventCount).keys()].map(i => context.getEventAt(i).message)
              .concat(card.validateProperties().validationEvents.map(event => event.message))
              .filter(message => !/^Invalid value "[a-z]{2,3}" for property "lang"\.$/.test(message));
            const shown = card.render()?.textContent ?? '';
            const missing = [...all(json, 'text'), ...all(json, 'title')].filter(text => !shown.includes(text));
            checked++;
            if (said.length || missing.length) { broken++; console.log(`${path.basename(file)} ${name}:`, said.slice(0, 3), missing.slice(0, 3)); }
          }
        }
        console.log(`checked ${checked}, broken ${broken}`);
        """;

    [Fact]
    public Task Teams_own_types_allow_every_snapshot() => Passes(Compile);

    [Fact]
    public Task The_official_renderer_shows_all_of_every_snapshot_without_a_warning() => Passes(Render);

    static async Task Passes(string script)
    {
        var snapshots = Directory.GetFiles(Snapshot.Folder(), "*.json").Order();

        var (code, said) = await new NodeScript("teams-cards", Packages, script).RunAsync(snapshots);

        code.ShouldBe(0, said);
        said.Trim().Split('\n')[^1].ShouldMatch(@"^checked \d{3,}, broken 0$", said);
    }
}
