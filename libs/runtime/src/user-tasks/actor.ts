/** Who acts on a task, as the API has authenticated them. */
export interface Actor {
  /** What assignees and candidate users name. */
  readonly username: string;
  readonly groups: readonly string[];
  /** Operators and administrators see every task and may act on it. */
  readonly supervisor: boolean;
}
