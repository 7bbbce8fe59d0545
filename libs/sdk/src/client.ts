import type {
  ActivateJobsRequest,
  ActivatedJob,
  CompleteAdHocRequest,
  CompleteJobRequest,
  CompleteTaskRequest,
  ConditionalStartRequest,
  DemoAccount,
  DeployRequest,
  Deployment,
  Diagram,
  FailJobRequest,
  Form,
  HistoryStep,
  IncidentView,
  InstanceQuery,
  LiveChange,
  LoginRequest,
  Me,
  MigrateRequest,
  MigrationPlan,
  ModifyRequest,
  Page,
  ProcessDefinition,
  ProcessInstance,
  ProcessInstanceDetail,
  PublishMessageRequest,
  PublishedMessage,
  RescheduleTimerRequest,
  ResumeRequest,
  SetVariablesRequest,
  StartAdHocRequest,
  StartRequest,
  Started,
  StartedByCondition,
  SuspendRequest,
  ThrowJobErrorRequest,
  ThrowJobEscalationRequest,
  ThrowSignalRequest,
  ThrownSignal,
  Tokens,
  UserTask,
  UserTaskQuery,
} from '@baton/contracts';
import { follow, type FollowOptions } from './live.js';
import { Session, inMemory, type TokenStore } from './session.js';
import { Transport, type RequestOptions } from './transport.js';

export interface ClientOptions {
  /** Where the server is, e.g. `http://127.0.0.1:8080`; without the `/api/v1`. */
  readonly baseUrl: string;
  /** An access token from elsewhere; without it, `login` first. */
  readonly token?: string;
  /** Signs in on the first request, and again whenever the session cannot be renewed: for workers. */
  readonly login?: LoginRequest;
  readonly tokens?: TokenStore;
  readonly fetch?: typeof fetch;
}

/** Options every write takes. */
export type WriteOptions = Pick<RequestOptions, 'idempotencyKey' | 'waitSeconds' | 'signal'>;

/**
 * The REST API, typed: one method per operation, the paths of `/api/docs`.
 *
 * Every method throws `BatonProblem` when the server refuses. Writes carry an idempotency key that stays the same over retries,
 * so a lost answer never doubles an effect.
 *
 * @example
 * const baton = new BatonClient({ baseUrl: 'http://127.0.0.1:8080' });
 * await baton.login({ tenant: 'acme', email: 'requester@acme.demo', password: 'demo' });
 * const { id } = await baton.start({ processId: 'purchase-order', variables: { amount: 1200 } });
 */
export class BatonClient {
  readonly session: Session;
  private readonly transport: Transport;

  constructor(options: ClientOptions) {
    const store = options.tokens ?? inMemory();
    if (options.token) store.save({ accessToken: options.token, refreshToken: '', expiresIn: 0 });
    this.transport = new Transport(options.baseUrl.replace(/\/+$/, ''), () => this.session, options.fetch);
    const exchange = (refreshToken: string) =>
      this.transport.json<Tokens>('POST', 'auth/refresh', { body: { refreshToken }, anonymous: true });
    const { login } = options;
    this.session = new Session(
      store,
      exchange,
      login && (() => this.transport.json<Tokens>('POST', 'auth/login', { body: login, anonymous: true })),
    );
  }

  async login(credentials: LoginRequest): Promise<Tokens> {
    return this.signIn(await this.transport.json<Tokens>('POST', 'auth/login', { body: credentials, anonymous: true }));
  }

  demoAccounts(): Promise<DemoAccount[]> {
    return this.transport.json('GET', 'auth/demo-accounts', { anonymous: true });
  }

  async demoLogin(account: { tenant: string; email: string }): Promise<Tokens> {
    return this.signIn(await this.transport.json<Tokens>('POST', 'auth/demo-login', { body: account, anonymous: true }));
  }

  /** Ends the session here and on the server; a server that is away does not keep anyone signed in. */
  async logout(): Promise<void> {
    const { refreshToken } = this.session;
    this.session.set(null);
    if (refreshToken) await this.transport.json('POST', 'auth/logout', { body: { refreshToken }, anonymous: true }).catch(() => undefined);
  }

  me(): Promise<Me> {
    return this.transport.json('GET', 'auth/me');
  }

  deploy(request: DeployRequest | FormData, options: WriteOptions = {}): Promise<Deployment> {
    return this.transport.json('POST', 'deployments', { ...options, body: request });
  }

  processDefinitions(
    query: { latest?: boolean; processId?: string; limit?: number; cursor?: string } = {},
  ): Promise<Page<ProcessDefinition>> {
    return this.transport.json('GET', 'process-definitions', { query });
  }

  processDefinition(id: string): Promise<ProcessDefinition> {
    return this.transport.json('GET', `process-definitions/${encodeURIComponent(id)}`);
  }

  /** The file as it was deployed. */
  processSource(id: string): Promise<string> {
    return this.transport.text('GET', `process-definitions/${encodeURIComponent(id)}/source`);
  }

  /** `model` is the engine's `ProcessModel`. */
  processModel(id: string): Promise<{ model: unknown; diagram: Diagram }> {
    return this.transport.json('GET', `process-definitions/${encodeURIComponent(id)}/model`);
  }

  startForm(processDefinitionId: string): Promise<Form> {
    return this.transport.json('GET', `process-definitions/${encodeURIComponent(processDefinitionId)}/start-form`);
  }

  start(request: StartRequest, options: WriteOptions = {}): Promise<Started> {
    return this.transport.json('POST', 'process-instances', { ...options, body: request });
  }

  /** Offers variables to the conditional start events of a definition. */
  startByCondition(processDefinitionId: string, request: ConditionalStartRequest, options: WriteOptions = {}): Promise<StartedByCondition> {
    const path = `process-definitions/${encodeURIComponent(processDefinitionId)}/conditional-start`;
    return this.transport.json('POST', path, { ...options, body: request });
  }

  instances(query: InstanceQuery = {}): Promise<Page<ProcessInstance>> {
    return this.transport.json('GET', 'process-instances', { query: query as RequestOptions['query'] & {} });
  }

  instance(id: string): Promise<ProcessInstanceDetail> {
    return this.transport.json('GET', `process-instances/${encodeURIComponent(id)}`);
  }

  /** Steps after the event with sequence number `after`; all of them without it. */
  history(instanceId: string, after?: number): Promise<{ items: HistoryStep[] }> {
    return this.transport.json('GET', `process-instances/${encodeURIComponent(instanceId)}/history`, { query: { after } });
  }

  cancel(instanceId: string, reason?: string, options: WriteOptions = {}): Promise<void> {
    const body = reason === undefined ? {} : { reason };
    return this.transport.json('POST', `process-instances/${encodeURIComponent(instanceId)}/cancel`, { ...options, body });
  }

  suspend(instanceId: string, request: SuspendRequest = {}, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'suspend', request, options);
  }

  resume(instanceId: string, request: ResumeRequest = {}, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'resume', request, options);
  }

  setVariables(instanceId: string, request: SetVariablesRequest, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'variables', request, options);
  }

  /** Moves tokens by hand: all of the changes, or none. */
  modify(instanceId: string, request: ModifyRequest, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'modify', request, options);
  }

  /** Moves an instance to another definition or version; refused as `migration-unsafe` with every reason. */
  migrate(instanceId: string, request: MigrateRequest, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'migration', request, options);
  }

  /** What `migrate` would be refused for now. Changes nothing. */
  planMigration(instanceId: string, request: MigrateRequest): Promise<MigrationPlan> {
    return this.transport.json('POST', `process-instances/${encodeURIComponent(instanceId)}/migration/plan`, { body: request });
  }

  rescheduleTimer(instanceId: string, request: RescheduleTimerRequest, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'reschedule-timer', request, options);
  }

  /** Starts activities of an ad-hoc sub-process. */
  startAdHoc(instanceId: string, request: StartAdHocRequest, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'ad-hoc/start', request, options);
  }

  completeAdHoc(instanceId: string, request: CompleteAdHocRequest, options: WriteOptions = {}): Promise<Started> {
    return this.operate(instanceId, 'ad-hoc/complete', request, options);
  }

  resolveIncident(id: string, retries?: number, options: WriteOptions = {}): Promise<IncidentView | void> {
    const body = retries === undefined ? {} : { retries };
    return this.transport.json('POST', `incidents/${encodeURIComponent(id)}/resolve`, { ...options, body });
  }

  userTasks(query: UserTaskQuery = {}): Promise<Page<UserTask>> {
    return this.transport.json('GET', 'user-tasks', { query: query as RequestOptions['query'] & {} });
  }

  userTask(id: string): Promise<UserTask> {
    return this.transport.json('GET', `user-tasks/${encodeURIComponent(id)}`);
  }

  taskForm(id: string): Promise<Form> {
    return this.transport.json('GET', `user-tasks/${encodeURIComponent(id)}/form`);
  }

  claimTask(id: string, options: WriteOptions = {}): Promise<UserTask> {
    return this.transport.json('POST', `user-tasks/${encodeURIComponent(id)}/claim`, { ...options, body: {} });
  }

  releaseTask(id: string, options: WriteOptions = {}): Promise<UserTask> {
    return this.transport.json('POST', `user-tasks/${encodeURIComponent(id)}/release`, { ...options, body: {} });
  }

  completeTask(id: string, request: CompleteTaskRequest = {}, options: WriteOptions = {}): Promise<UserTask> {
    return this.transport.json('POST', `user-tasks/${encodeURIComponent(id)}/complete`, { ...options, body: request });
  }

  async activateJobs(request: ActivateJobsRequest, options: WriteOptions = {}): Promise<ActivatedJob[]> {
    const { items } = await this.transport.json<{ items: ActivatedJob[] }>('POST', 'jobs/activate', { ...options, body: request });
    return items;
  }

  completeJob(id: string, request: CompleteJobRequest, options: WriteOptions = {}): Promise<void> {
    return this.transport.json('POST', `jobs/${encodeURIComponent(id)}/complete`, { ...options, body: request });
  }

  failJob(id: string, request: FailJobRequest, options: WriteOptions = {}): Promise<void> {
    return this.transport.json('POST', `jobs/${encodeURIComponent(id)}/fail`, { ...options, body: request });
  }

  throwJobError(id: string, request: ThrowJobErrorRequest, options: WriteOptions = {}): Promise<void> {
    return this.transport.json('POST', `jobs/${encodeURIComponent(id)}/throw-error`, { ...options, body: request });
  }

  /** The work goes on, and so does the lease. */
  throwJobEscalation(id: string, request: ThrowJobEscalationRequest, options: WriteOptions = {}): Promise<void> {
    return this.transport.json('POST', `jobs/${encodeURIComponent(id)}/escalation`, { ...options, body: request });
  }

  publishMessage(request: PublishMessageRequest, options: WriteOptions = {}): Promise<PublishedMessage> {
    return this.transport.json('POST', 'messages', { ...options, body: request });
  }

  throwSignal(request: ThrowSignalRequest, options: WriteOptions = {}): Promise<ThrownSignal> {
    return this.transport.json('POST', 'signals', { ...options, body: request });
  }

  /** Calls `onChange` for each change of the tenant until the signal ends it; reconnects by itself. */
  live(onChange: (change: LiveChange) => void, options: FollowOptions = {}): Promise<void> {
    return follow(this.transport, onChange, options);
  }

  private operate(instanceId: string, what: string, body: object, options: WriteOptions): Promise<Started> {
    return this.transport.json('POST', `process-instances/${encodeURIComponent(instanceId)}/${what}`, { ...options, body });
  }

  private signIn(tokens: Tokens): Tokens {
    this.session.set(tokens);
    return tokens;
  }
}
