import { ModelInvalid, compile } from '@baton/engine';
import { decisionPort } from '@baton/decisions';
import { expressions } from '@baton/expressions';
import { Command } from 'commander';
import { Exit, InputInvalid, lineOf } from '../exit.js';
import { lineOfElement, readProcessFile } from '../files/read-file.js';
import { inOneLine, soundnessIssues } from '../validate/soundness-issues.js';
import type { SoundnessIssue } from '../validate/soundness-issues.js';

interface Issue {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly message: string;
  readonly elementId?: string;
  readonly line?: number;
  /** Of the soundness check: everything it is about, and how to get there. */
  readonly elementIds?: readonly string[];
  readonly counterexample?: SoundnessIssue['counterexample'];
}

interface Report {
  readonly file: string;
  readonly processes: readonly { readonly id: string; readonly name: string; readonly executable: boolean; readonly elements: number }[];
  readonly issues: readonly Issue[];
}

export function command(): Command {
  return new Command('validate')
    .description('Check process and decision files, and say everything that is wrong with them.')
    .argument('<file...>', 'BPMN and DMN files')
    .option('--soundness', 'also search every executable process for deadlocks, livelocks and missing synchronization')
    .option('--json', 'print exact JSON; with several files, one report per line')
    .addHelpText(
      'after',
      '\nExamples:\n  baton validate order.bpmn\n  baton validate order.bpmn --soundness\n  baton validate processes/*.bpmn rules.dmn --json\n\nExit codes: 0 valid (and sound, if asked), 1 unsound, 2 not valid.',
    )
    .action(validate);
}

async function validate(files: readonly string[], options: { readonly soundness?: boolean; readonly json?: boolean }): Promise<void> {
  let isValid = true;
  let isSound = true;
  for (const file of files) {
    const report = await check(file, options.soundness === true);
    const errors = report.issues.filter(({ severity }) => severity === 'error');
    const valid = errors.length === 0;
    isValid &&= errors.every(({ code }) => code.startsWith('soundness-'));
    isSound &&= valid;
    if (options.json) {
      const { processes, issues } = report;
      const json = { ...(files.length > 1 && { file }), valid, processes, issues };
      console.log(JSON.stringify(json, null, files.length > 1 ? 0 : 2));
    } else {
      for (const { id, name, elements, executable } of report.processes) {
        console.log(`${file}: process ${id}${name ? ` "${name}"` : ''}, ${elements} elements${executable ? '' : ', not executable'}`);
      }
      if (valid) console.log(`${file}: ${verdictOf(report, options.soundness === true)}`);
    }
    for (const issue of report.issues) {
      if (options.json && issue.severity !== 'error') continue;
      console.error(`${issue.severity}: ${lineOf({ ...issue, file })}`);
      if (issue.counterexample !== undefined) console.error(`  ${inOneLine(issue.counterexample)}`);
    }
  }
  if (!isValid) throw new Exit(2);
  if (!isSound) throw new Exit(1);
}

function verdictOf({ issues, processes }: Report, isAskedForSoundness: boolean): string {
  if (!isAskedForSoundness || processes.length === 0) return 'valid';
  return issues.some(({ code }) => code === 'soundness-undecided') ? 'valid, soundness undecided' : 'valid and sound';
}

async function check(file: string, isAskedForSoundness: boolean): Promise<Report> {
  try {
    const read = await readProcessFile(file);
    if (read.format === 'dmn') return { file, processes: [], issues: [] };
    const { processes, issues, summary } = read.result;
    const found: Issue[] = issues.map(({ severity, code, message, elementId, line }) => ({
      severity,
      code,
      message,
      ...(elementId !== undefined && { elementId }),
      ...(line !== undefined && { line }),
    }));
    // What the reader refused would only make the compiler complain about the hole it leaves.
    const isReadable = issues.every(({ severity }) => severity !== 'error');
    for (const model of processes.filter(({ executable }) => executable && isReadable)) {
      try {
        compile(model, { expressions, decisions: decisionPort([]) });
      } catch (error) {
        if (!(error instanceof ModelInvalid)) throw error;
        for (const problem of error.problems) {
          const line = lineOfElement(read.source, problem.elementId);
          found.push({ severity: 'error', ...problem, ...(line !== undefined && { line }) });
        }
      }
    }
    // Only what compiles has a behavior to look at.
    if (isAskedForSoundness && found.every(({ severity }) => severity !== 'error')) {
      for (const issue of soundnessIssues(read.result)) {
        const line = lineOfElement(read.source, issue.elementId);
        found.push({ ...issue, ...(line !== undefined && { line }) });
      }
    }
    return {
      file,
      processes: summary.map(({ id, name = '', executable, elements }) => ({ id, name, executable, elements })),
      issues: found,
    };
  } catch (error) {
    if (!(error instanceof InputInvalid)) throw error;
    const issues = error.findings.map(({ code, message, elementId, line }): Issue => ({
      severity: 'error',
      code,
      message,
      ...(elementId !== undefined && { elementId }),
      ...(line !== undefined && { line }),
    }));
    return { file, processes: [], issues };
  }
}
