import type { DemoAccount } from '@baton/contracts';
import { UnstyledButton } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { client } from '../api/client.js';
import { shownProblem } from '../api/shown-problem.js';
import { useDemoAccounts } from './useDemoAccounts.js';

/** The demo's people by tenant, one click each. Nothing at all outside the demo profile. */
export function DemoPeople() {
  const { data: accounts = [], isError } = useDemoAccounts();
  const signIn = useMutation({ mutationFn: (account: DemoAccount) => client.demoLogin({ tenant: account.tenant, email: account.email }) });
  if (isError) return <p className="sign-in__hint">The server cannot be reached right now.</p>;
  if (accounts.length === 0) return null;
  const tenants = Map.groupBy(accounts, ({ tenant }) => tenant);

  return (
    <section className="demo-people" aria-labelledby="demo-people">
      <h2 id="demo-people">Or continue as</h2>
      {signIn.isError && (
        <p role="alert" className="demo-people__problem">
          {shownProblem(signIn.error).detail}
        </p>
      )}
      {[...tenants.values()].map((people) => (
        <fieldset key={people[0]?.tenant}>
          <legend>{people[0]?.tenantName}</legend>
          {people.map((person) => (
            <UnstyledButton key={person.email} className="demo-person" disabled={signIn.isPending} onClick={() => signIn.mutate(person)}>
              <span className="demo-person__name">{person.name}</span>
              <span className="demo-person__title">{person.title}</span>
              <IconArrowRight size={15} aria-hidden />
            </UnstyledButton>
          ))}
        </fieldset>
      ))}
    </section>
  );
}
