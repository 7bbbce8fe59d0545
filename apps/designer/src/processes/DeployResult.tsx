import type { Deployment } from '@baton/contracts';
import { CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { shownProblem } from '../api/shown-problem.js';
import { IssueList } from './IssueList.js';

interface Props {
  readonly deployment: Deployment | undefined;
  readonly error: unknown;
  readonly onClose: () => void;
}

/** What a deployment brought, or why nothing was deployed; takes the focus, so that it is not missed. */
export function DeployResult({ deployment, error, onClose }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), [deployment, error]);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className="panel deploy-result"
      aria-label="Deployment result"
      data-tone={deployment ? 'good' : 'bad'}
    >
      <CloseButton className="deploy-result__close" aria-label="Dismiss" onClick={onClose} />
      {deployment ? <Success deployment={deployment} /> : <Failure error={error} />}
    </section>
  );
}

function Success({ deployment }: { readonly deployment: Deployment }) {
  const { created, processDefinitions, decisionDefinitions, issues } = deployment;
  const parts = [
    ...processDefinitions.map(({ id, name, version }) => ({ id, kind: 'Process', name, version })),
    ...decisionDefinitions.map(({ id, name, version }) => ({ id, kind: 'Decision', name, version })),
  ];
  return (
    <>
      <h2>
        <IconCircleCheck size={18} aria-hidden /> {created ? 'Deployed' : 'Nothing new: the very same content is deployed already'}
      </h2>
      <ul className="deploy-result__parts">
        {parts.map(({ id, kind, name, version }) => (
          <li key={id}>
            <span className="soft">{kind}</span> {name} <span className="badge" data-plain="true">{`v${version}`}</span>
          </li>
        ))}
      </ul>
      <IssueList issues={issues} />
    </>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const { title, detail, code, traceId, errors } = shownProblem(error);
  const isSaid = errors.some(({ message }) => message === detail);
  return (
    <div role="alert">
      <h2>
        <IconAlertTriangle size={18} aria-hidden /> Nothing was deployed
      </h2>
      {!isSaid && <p className="deploy-result__why">{detail ?? title}</p>}
      <IssueList issues={errors.map((finding) => ({ ...finding, severity: 'error' as const }))} />
      <p className="soft mono deploy-result__trace">
        {[errors.length === 0 && code, traceId && `trace ${traceId}`].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}
