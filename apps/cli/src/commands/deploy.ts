import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { invalid, lineOf } from '../exit.js';
import { call } from '../server/client.js';

export function command(): Command {
  return new Command('deploy')
    .description('Deploy files together, or not at all.')
    .argument('<path...>', 'BPMN and DMN files, or folders with them')
    .option('--json', 'print the deployment as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  baton deploy order.bpmn discount.dmn\n  BATON_URL=https://baton.example baton deploy processes/\n',
    )
    .action(deploy);
}

async function deploy(paths: readonly string[], options: { readonly json?: boolean }): Promise<void> {
  const files = paths.flatMap(filesOf).map((path) => ({ name: basename(path), content: readFileSync(path, 'utf8') }));
  if (files.length === 0) throw invalid('nothing-to-deploy', 'There is no .bpmn or .dmn file to deploy.');
  const deployment = await call((baton) => baton.deploy({ files }));
  if (options.json) return console.log(JSON.stringify(deployment, null, 2));
  console.log(deployment.created ? `Deployed as ${deployment.id}` : `Nothing new: this is deployment ${deployment.id}`);
  for (const { processId, version, name } of deployment.processDefinitions) console.log(`  process ${processId} v${version}  ${name}`);
  for (const { decisionId, version, name } of deployment.decisionDefinitions) console.log(`  decision ${decisionId} v${version}  ${name}`);
  for (const issue of deployment.issues) console.error(`${issue.severity}: ${lineOf(issue)}`);
}

function filesOf(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw invalid('file-not-found', 'There is no such file.', { file: path });
  if (!stat.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => /\.(bpmn|dmn)$/i.test(name))
    .map((name) => join(path, name));
}
