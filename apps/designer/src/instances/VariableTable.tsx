import { find } from '@baton/engine';
import type { Instance } from '@baton/engine';
import { IconVariable } from '@tabler/icons-react';
import type { Names } from '../timeline/names.js';
import { EmptyView } from '../ui/EmptyView.js';

interface Props {
  readonly instance: Instance;
  readonly names: Names;
  /** An earlier moment is shown. */
  readonly isPast: boolean;
}

/** The variables of every scope alive at the moment shown, outermost first. */
export function VariableTable({ instance, names, isPast }: Props) {
  const scopes = instance.scopes.filter(({ variables }) => Object.keys(variables).length > 0);
  if (scopes.length === 0) return <EmptyView icon={IconVariable} title={isPast ? 'No data at that moment' : 'No data yet'} />;
  return (
    <>
      {scopes.map(({ key, variables }) => {
        const elementId = find(instance.elements, key)?.elementId;
        return (
          <section key={key} className="variables">
            {key !== 0 && <h2>Inside {names.element(elementId ?? `scope ${key}`)}</h2>}
            <div className="panel panel--scroll">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col" className="variables__name-head">
                      Name
                    </th>
                    <th scope="col">Value</th>
                    <th scope="col" className="variables__type-head wide-only">
                      Type
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {Object.entries(variables).map(([name, value]) => (
                    <tr key={name}>
                      <th scope="row" className="variables__name">
                        {name}
                      </th>
                      <td>
                        <pre className="variables__value">{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
                      </td>
                      <td className="soft wide-only">{value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        );
      })}
    </>
  );
}
