/** A decision model as every DMN version is read into: plain JSON, in document order. */
export interface DmnModel {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly types: readonly ItemType[];
  readonly inputs: readonly InputData[];
  readonly decisions: readonly Decision[];
  readonly functions: readonly KnowledgeModel[];
  readonly services: readonly DecisionService[];
}

/** A named type. `components` make it a context; `allowed` is a list of unary tests. */
export interface ItemType {
  readonly name: string;
  readonly typeRef?: string;
  readonly isList: boolean;
  readonly allowed?: string;
  readonly components: readonly ItemType[];
}

interface Element {
  readonly id: string;
  readonly name: string;
  /** Line of the file, from 1. */
  readonly line: number;
}

export interface InputData extends Element {
  readonly typeRef?: string;
}

/** Ids of required elements, in document order. */
export interface Requirements {
  readonly inputs: readonly string[];
  readonly decisions: readonly string[];
  /** Knowledge models and decision services: bound as functions. */
  readonly functions: readonly string[];
}

export interface Decision extends Element {
  /** The name its result is bound to; absent in files that follow Camunda 7, where the output's name is used. */
  readonly variable?: string;
  readonly typeRef?: string;
  readonly requirements: Requirements;
  readonly logic?: Boxed;
}

export interface KnowledgeModel extends Element {
  readonly requirements: Requirements;
  readonly logic?: Extract<Boxed, { kind: 'function' }>;
}

export interface DecisionService extends Element {
  readonly outputs: readonly string[];
  readonly inputDecisions: readonly string[];
  readonly inputs: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly typeRef?: string;
}

/** A text of the model with its place. */
export interface Text {
  readonly text: string;
  readonly language: string;
  readonly id: string;
  readonly line: number;
}

/** A boxed expression. */
export type Boxed = { readonly typeRef?: string } & (
  | ({ readonly kind: 'literal' } & Text)
  | DecisionTable
  | { readonly kind: 'context'; readonly entries: readonly { readonly name?: string; readonly typeRef?: string; readonly value: Boxed }[] }
  | { readonly kind: 'invocation'; readonly target: Boxed; readonly bindings: readonly { readonly name: string; readonly value: Boxed }[] }
  | { readonly kind: 'function'; readonly parameters: readonly Parameter[]; readonly body?: Boxed; readonly external: boolean }
  | { readonly kind: 'list'; readonly items: readonly Boxed[] }
  | { readonly kind: 'relation'; readonly columns: readonly string[]; readonly rows: readonly (readonly Boxed[])[] }
  | { readonly kind: 'conditional'; readonly condition: Boxed; readonly positive: Boxed; readonly negative: Boxed }
  | {
      readonly kind: 'loop';
      readonly type: 'for' | 'every' | 'some';
      readonly variable: string;
      readonly collection: Boxed;
      readonly body: Boxed;
    }
  | { readonly kind: 'filter'; readonly collection: Boxed; readonly match: Boxed }
);

export type HitPolicy = 'UNIQUE' | 'ANY' | 'PRIORITY' | 'FIRST' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';

export interface DecisionTable {
  readonly kind: 'table';
  readonly id: string;
  readonly line: number;
  readonly hitPolicy: HitPolicy;
  readonly aggregation?: 'SUM' | 'MIN' | 'MAX' | 'COUNT';
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  readonly rules: readonly { readonly id: string; readonly tests: readonly Text[]; readonly outputs: readonly Text[] }[];
}

export interface TableInput {
  readonly label: string;
  readonly expression: Text;
  readonly typeRef?: string;
  readonly values?: Text;
}

export interface TableOutput {
  readonly name?: string;
  readonly typeRef?: string;
  /** From high to low priority. */
  readonly values?: Text;
  readonly default?: Text;
}
