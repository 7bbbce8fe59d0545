/** The work is reported already; only the exit code is left to set. */
export class Exit extends Error {
  constructor(readonly exitCode: 0 | 1 | 2) {
    super(`exit ${exitCode}`);
  }
}

/** One finding in what was given to the command. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly elementId?: string | undefined;
}

/** The input cannot be used: exit 2, one line per finding with file, line and element. */
export class InputInvalid extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(({ message }) => message).join('\n'));
  }

  get lines(): string[] {
    return this.findings.map(lineOf);
  }
}

/** `file:line:column: element: message (code)`, as far as known: the form editors make clickable. */
export function lineOf({ code, message, file, line, column, elementId }: Finding): string {
  const place = [file, ...(file ? [line, line === undefined ? undefined : column] : [])].filter((part) => part !== undefined).join(':');
  return `${place ? `${place}: ` : ''}${elementId ? `${elementId}: ` : ''}${message} (${code})`;
}

export function invalid(code: string, message: string, place: Partial<Finding> = {}): InputInvalid {
  return new InputInvalid([{ ...place, code, message }]);
}
