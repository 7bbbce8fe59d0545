/** A command that is committed and will be applied by the instance's next step. */
export interface Accepted {
  readonly commandId: string;
  readonly processInstanceId: string;
}
