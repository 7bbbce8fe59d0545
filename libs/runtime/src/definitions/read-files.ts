import { compile, ModelInvalid } from '@baton/engine';
import type { Process, ProcessModel } from '@baton/engine';
import { AppError } from '@baton/contracts';
import type { Diagram, ImportIssue } from '@baton/contracts';
import { detect, readBpmn, refuseFormat } from '@baton/bpml';
import { decisionPort, DmnInvalid, parseDmn } from '@baton/decisions';
import type { DmnModel } from '@baton/decisions';
import { expressions } from '@baton/expressions';

/** One file to deploy. Bytes where they are at hand: their encoding is checked then. */
export interface SourceFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** A process that may be deployed, with the file it came from. */
export interface ReadProcess {
  readonly file: SourceFile;
  readonly model: ProcessModel;
  readonly process: Process;
  readonly diagram: Diagram;
}

export interface ReadDecisions {
  readonly file: SourceFile;
  readonly model: DmnModel;
}

/** Files that may be deployed together. */
export interface ReadFiles {
  readonly files: readonly SourceFile[];
  readonly processes: readonly ReadProcess[];
  readonly decisions: readonly ReadDecisions[];
  readonly issues: readonly ImportIssue[];
}

/**
 * Reads and compiles everything that is deployed together. Needs no database, and may take a while: do it before a transaction.
 *
 * @throws AppError (`ImportRefused`) for a file that cannot be read, with its row of the bad-input table; otherwise one AppError
 *         with every finding of all files at once, under the code of the first.
 */
export async function readFiles(files: readonly SourceFile[]): Promise<ReadFiles> {
  const processes: ReadProcess[] = [];
  const decisions: ReadDecisions[] = [];
  const issues: ImportIssue[] = [];
  for (const file of files) {
    const format = detect(file.name, textOf(file));
    if (format === 'dmn') decisions.push(...(await readDecisions(file, issues)));
    else if (format === 'bpmn') processes.push(...(await readProcesses(file, issues)));
    else throw refuseFormat(format, file.name);
  }
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw refusal(errors);
  if (processes.length === 0 && decisions.length === 0) {
    throw new AppError(
      'nothing-to-deploy',
      422,
      'The files hold no executable process and no decision. Set isExecutable="true" on a process.',
    );
  }
  return { files, processes, decisions, issues };
}

async function readProcesses(file: SourceFile, issues: ImportIssue[]): Promise<ReadProcess[]> {
  const { processes, diagram, issues: found, lines } = await readBpmn(file.content, { fileName: file.name });
  issues.push(...found.map((issue) => ({ ...issue, file: issue.file ?? file.name })));
  return processes.flatMap((model) => {
    if (!model.executable) return [];
    try {
      return [{ file, model, diagram, process: compile(model, { expressions, decisions: decisionPort([]) }) }];
    } catch (error) {
      if (!(error instanceof ModelInvalid)) throw error;
      for (const problem of error.problems) {
        issues.push(errorIn(file, problem, problem.elementId === undefined ? undefined : lines.get(problem.elementId)));
      }
      return [];
    }
  });
}

async function readDecisions(file: SourceFile, issues: ImportIssue[]): Promise<ReadDecisions[]> {
  try {
    return [{ file, model: await parseDmn(textOf(file)) }];
  } catch (error) {
    if (!(error instanceof DmnInvalid)) throw error;
    issues.push(...error.problems.map((problem) => errorIn(file, problem, problem.line)));
    return [];
  }
}

function errorIn(file: SourceFile, { code, message, elementId }: Finding, line: number | undefined): ImportIssue {
  return {
    severity: 'error',
    code,
    message,
    file: file.name,
    ...(elementId !== undefined && { elementId }),
    ...(line !== undefined && { line }),
  };
}

/** What the engine says of a model and the decisions of a file alike. */
interface Finding {
  readonly code: string;
  readonly message: string;
  readonly elementId?: string | undefined;
}

/** Malformed text is a bad request; text that says something we cannot run is unprocessable. */
const STATUS: Readonly<Record<string, number>> = {
  'xml-malformed': 400,
  'xml-dtd-forbidden': 400,
  'xml-encoding': 400,
  'payload-too-large': 413,
};

function refusal(errors: readonly ImportIssue[]): AppError {
  const [first] = errors;
  const code = first?.code ?? 'bpmn-invalid';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return new AppError(
    code,
    STATUS[code] ?? 422,
    `${first?.message ?? ''}${more}`,
    errors.map(({ severity: _, ...detail }) => detail),
  );
}

function textOf({ content }: SourceFile): string {
  return typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8');
}
