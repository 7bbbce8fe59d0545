import { AbilityBuilder, createMongoAbility } from '@casl/ability';
import type { MongoAbility } from '@casl/ability';
import type { Role } from '@baton/contracts';

export type Action = 'read' | 'supervise' | 'deploy' | 'start' | 'cancel' | 'operate' | 'resolve' | 'work' | 'publish' | 'manage';
export type Subject =
  'Session' | 'ProcessDefinition' | 'ProcessInstance' | 'Incident' | 'UserTask' | 'Job' | 'Message' | 'Signal' | 'Live' | 'all';
export type Ability = MongoAbility<[Action, Subject]>;

/**
 * What the roles may do. Deny by default: what is not said here is refused.
 *
 * This says which *kind* of thing a person may touch. Which *one* is decided below it: row-level security by tenant,
 * and for user tasks by assignee and candidates.
 */
export function abilityOf(roles: readonly Role[]): Ability {
  const { can, build } = new AbilityBuilder<Ability>(createMongoAbility);
  for (const role of roles) grants[role](can);
  return build();
}

type Grant = (can: AbilityBuilder<Ability>['can']) => void;

const member: Grant = (can) => {
  can('read', ['Session', 'ProcessDefinition', 'ProcessInstance', 'UserTask', 'Live']);
  can('start', 'ProcessInstance');
  can('work', 'UserTask');
};

const grants: Record<Role, Grant> = {
  member,
  designer: (can) => {
    member(can);
    can('deploy', 'ProcessDefinition');
  },
  operator: (can) => {
    member(can);
    can('supervise', 'UserTask');
    can(['cancel', 'operate'], 'ProcessInstance');
    can('resolve', 'Incident');
    can('work', 'Job');
    can('publish', ['Message', 'Signal']);
  },
  administrator: (can) => can('manage', 'all'),
};
