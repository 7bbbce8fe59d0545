import type { ImportIssue } from '@baton/contracts';

/** Findings of an import: errors and warnings open, and what is merely worth knowing folded away. */
export function IssueList({ issues }: { readonly issues: readonly ImportIssue[] }) {
  const notes = issues.filter(({ severity }) => severity === 'info');
  const findings = issues.filter(({ severity }) => severity !== 'info');
  return (
    <>
      {findings.length > 0 && <Issues issues={findings} />}
      {notes.length > 0 && (
        <details className="issues__notes">
          <summary>{notes.length === 1 ? '1 note on what was read' : `${notes.length} notes on what was read`}</summary>
          <Issues issues={notes} />
        </details>
      )}
    </>
  );
}

function Issues({ issues }: { readonly issues: readonly ImportIssue[] }) {
  return (
    <ul className="issues">
      {issues.map((issue) => (
        <li key={`${issue.code}${issue.file}${issue.elementId}${issue.line}${issue.message}`} data-severity={issue.severity}>
          <span className="issues__message">
            <b>{SEVERITY[issue.severity]}</b> {issue.message}
          </span>
          <span className="soft mono">{[place(issue), issue.code].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}

const SEVERITY: Record<ImportIssue['severity'], string> = { error: 'Error:', warning: 'Warning:', info: 'Note:' };

function place({ file, elementId, line }: ImportIssue): string {
  return [file, line !== undefined && `line ${line}`, elementId].filter(Boolean).join(', ');
}
