/** Which instance, of which tenant. */
export interface InstanceRef {
  readonly tenantId: string;
  readonly instanceId: string;
}

/** An instance whose step failed for a reason that is ours, not the model's: it would fail again. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';

  constructor(
    readonly ref: InstanceRef,
    override readonly cause: unknown,
  ) {
    super(`Instance ${ref.instanceId}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
