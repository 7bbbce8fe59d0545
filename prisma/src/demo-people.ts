/** The tenants, groups and people of the demo profile. Every password is `demo`; production never seeds. */

export type DemoRole = 'administrator' | 'designer' | 'operator' | 'member';

export interface DemoPerson {
  readonly username: string;
  readonly email: string;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly DemoRole[];
  readonly groups: readonly string[];
}

export interface DemoTenant {
  readonly key: string;
  readonly name: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly people: readonly DemoPerson[];
}

export const DEMO_PASSWORD = 'demo';

const groups = { management: 'Management', accounting: 'Accounting', sales: 'Sales' };

const person = (username: string, name: string, email: string, title: string, rest: Partial<DemoPerson> = {}): DemoPerson => ({
  username,
  name,
  email,
  title,
  roles: ['member'],
  groups: [],
  ...rest,
});

/** Usernames and groups are those of the vendor's invoice process (demo, mary, peter, john), so that its assignments find people. */
export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    key: 'acme',
    name: 'Acme',
    groups,
    people: [
      person('demo', 'Dana Demo', 'requester@acme.demo', 'Requester'),
      person('mary', 'Mary Major', 'manager@acme.demo', 'Manager', { groups: ['management'] }),
      person('peter', 'Peter Penny', 'finance@acme.demo', 'Finance', { groups: ['accounting'] }),
      person('john', 'John Jolly', 'sales@acme.demo', 'Sales', { groups: ['sales'] }),
      person('admin', 'Ada Admin', 'administrator@acme.demo', 'Administrator', { roles: ['administrator'] }),
      person('desi', 'Desi Design', 'designer@acme.demo', 'Process designer', { roles: ['designer', 'member'] }),
    ],
  },
  {
    key: 'beta',
    name: 'Beta',
    groups,
    people: [
      person('bela', 'Bela Brook', 'requester@beta.demo', 'Requester'),
      person('bruno', 'Bruno Banks', 'manager@beta.demo', 'Manager', { roles: ['designer', 'member'], groups: ['management'] }),
    ],
  },
];
