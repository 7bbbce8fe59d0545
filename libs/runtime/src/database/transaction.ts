/** A row as the driver gives it; name the columns in the type argument of `query`. */
export type Row = Record<string, unknown>;

/** One transaction of one tenant. Everything in it commits together or not at all. */
export interface Transaction {
  readonly tenantId: string;
  /** Runs one statement. Texts are prepared once a connection: keep them constant and pass values apart. */
  query<Result extends Row = Row>(text: string, values?: readonly unknown[]): Promise<Result[]>;
  /** Asks for the doorbell to be rung once this transaction has committed: it wrote a command or due work. */
  wake(): void;
}
