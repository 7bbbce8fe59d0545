import type { ProcessDefinition } from '@baton/contracts';
import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Ago } from '../ui/Ago.js';

interface Props {
  readonly definitions: readonly ProcessDefinition[];
  readonly onStart: (definitionId: string) => void;
}

/** One row per process: its newest version, and the way to start it. */
export function DefinitionTable({ definitions, onStart }: Props) {
  return (
    <div className="panel panel--scroll">
      <table className="table definitions">
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">Version</th>
            <th scope="col" className="wide-only">
              Deployed
            </th>
            <th scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {definitions.map(({ id, name, processId, version, versionTag, deployedAt, startable }) => (
            <tr key={id}>
              <td>
                <span className="definitions__name">{name}</span>
                <span className="soft mono">{processId}</span>
              </td>
              <td className="num">
                v{version}
                {versionTag && (
                  <span className="badge definitions__tag" data-plain="true">
                    {versionTag}
                  </span>
                )}
              </td>
              <td className="soft wide-only">
                <Ago at={deployedAt} />
              </td>
              <td className="definitions__actions">
                <Link to="/instances" search={{ processId }} className="quiet-link" aria-label={`Instances of ${name}`}>
                  Instances
                </Link>
                {startable && (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconPlayerPlay size={13} />}
                    aria-label={`Start ${name}`}
                    onClick={() => onStart(id)}
                  >
                    Start
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
