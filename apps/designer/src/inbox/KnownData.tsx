import type { UserTask, Variables } from '@baton/contracts';
import { Link } from '@tanstack/react-router';
import { valueText } from '../ui/value-text.js';

/** More than this belongs on the page of the instance. */
const SHOWN_MAX = 12;

interface Props {
  readonly task: UserTask;
  readonly data: Variables;
  /** What the form asks for is shown there. */
  readonly asked: readonly string[];
}

/** What the process knows already: nobody can decide on an order without seeing it. */
export function KnownData({ task, data, asked }: Props) {
  const known = Object.entries(data).filter(([name, value]) => !asked.includes(name) && value !== null);
  if (known.length === 0) return null;
  const hidden = known.length - SHOWN_MAX;
  return (
    <section className="known" aria-labelledby="known-data">
      <h3 id="known-data">What is known so far</h3>
      <dl>
        {known.slice(0, SHOWN_MAX).map(([name, value]) => (
          <KnownValue key={name} name={name} text={typeof value === 'boolean' ? (value ? 'yes' : 'no') : valueText(value)} />
        ))}
      </dl>
      {hidden > 0 && (
        <p className="known__more">
          <Link to="/instances/$instanceId" params={{ instanceId: task.processInstanceId }} search={{ tab: 'variables' }}>
            {hidden === 1 ? '1 more value' : `${hidden} more values`}
          </Link>
        </p>
      )}
    </section>
  );
}

function KnownValue({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <dt>{wordsOf(name)}</dt>
      <dd>{text}</dd>
    </>
  );
}

/** `costCenter` as "Cost center". */
function wordsOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
