import { AppError } from '@baton/contracts';
import type { ImportIssue, ProblemDetail } from '@baton/contracts';

/** An issue whose column is known too: the XML parser's own findings. */
export type LocatedIssue = ImportIssue & { readonly column?: number };

/**
 * A file that cannot be read at all, with the slug and status of the bad-input table.
 *
 * `issues` name file, element and line of every finding of that kind; they are also the problem's `errors`.
 */
export class ImportRefused extends AppError {
  override readonly name = 'ImportRefused';

  constructor(
    code: string,
    status: number,
    message: string,
    readonly issues: readonly LocatedIssue[],
  ) {
    super(code, status, message, issues.map(detailOf));
  }
}

function detailOf({ code, message, file, elementId, line, column }: LocatedIssue): ProblemDetail {
  return {
    code,
    message,
    ...(file !== undefined && { file }),
    ...(elementId !== undefined && { elementId }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

/** A refusal with one finding; its message is the refusal's. */
export function refuse(code: string, status: number, message: string, place: Partial<LocatedIssue>): ImportRefused {
  return new ImportRefused(code, status, message, [{ ...place, severity: 'error', code, message }]);
}

/** One refusal for all findings of one kind: says the first, lists all. */
export function refuseAll(code: string, status: number, issues: readonly ImportIssue[]): ImportRefused {
  const first = issues[0]?.message ?? code;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new ImportRefused(code, status, `${first}${more}`, issues);
}
