import { toFeelValue } from '@baton/expressions';
import type { DmnModel, ItemType } from './model.js';

/** The types of one model: what values of a type look like, and how values are brought into it. */
export class Types {
  private readonly byName: ReadonlyMap<string, ItemType>;

  constructor(model: DmnModel) {
    this.byName = new Map(model.types.map((type) => [type.name, type]));
  }

  /** An object with the keys a value of the type has, so that names with unusual characters are told apart in a text. */
  shapeOf(typeRef: string | undefined, depth = 0): unknown {
    const type = typeRef === undefined ? undefined : this.byName.get(typeRef);
    return type ? this.shapeOfItem(type, depth) : null;
  }

  private shapeOfItem(type: ItemType, depth: number): unknown {
    if (depth > 10) return null;
    const shape =
      type.components.length > 0
        ? Object.fromEntries(type.components.map((component) => [component.name, this.shapeOfItem(component, depth + 1)]))
        : this.shapeOf(type.typeRef, depth + 1);
    return type.isList ? [shape] : shape;
  }

  /** A value from outside as FEEL sees it: dates, times and durations from text, singletons and lists as the type wants them. */
  toFeel(value: unknown, typeRef: string | undefined): unknown {
    const type = typeRef === undefined ? undefined : this.byName.get(typeRef);
    return type ? this.itemToFeel(value, type) : toFeelValue(numberFromText(value, typeRef), typeRef);
  }

  private itemToFeel(value: unknown, type: ItemType): unknown {
    if (value === null || value === undefined) return value;
    if (type.isList)
      return (Array.isArray(value) ? value : [value]).map((item: unknown) => this.itemToFeel(item, { ...type, isList: false }));
    if (type.components.length === 0) return this.toFeel(value, type.typeRef);
    if (typeof value !== 'object' || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([name, entry]: [string, unknown]) => {
      const component = type.components.find((candidate) => candidate.name === name);
      return [name, component ? this.itemToFeel(entry, component) : entry] as const;
    });
    return Object.fromEntries(entries);
  }

  /** A computed value against the type it is declared to have; null where it has another, as DMN's implicit conversions say. */
  conform(value: unknown, typeRef: string | undefined): unknown {
    if (value === null || value === undefined || typeRef === undefined) return value;
    const type = this.byName.get(typeRef);
    if (type) return this.conformItem(value, type);
    const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    const expected = BASE_TYPES[typeRef];
    return expected === undefined ? value : typeof single === expected ? single : null;
  }

  private conformItem(value: unknown, type: ItemType): unknown {
    if (type.isList) return Array.isArray(value) ? value : [value];
    return type.components.length > 0 ? value : this.conform(value, type.typeRef);
  }

  /** The item type behind a name, followed to the end of its aliases. */
  find(typeRef: string | undefined): ItemType | undefined {
    return typeRef === undefined ? undefined : this.byName.get(typeRef);
  }
}

const BASE_TYPES: Readonly<Record<string, string>> = { string: 'string', number: 'number', boolean: 'boolean' };

/** Camunda 7's type names ask for numbers, and forms send text. FEEL's own `number` converts nothing. */
function numberFromText(value: unknown, typeRef: string | undefined): unknown {
  const numeric = typeRef === 'double' || typeRef === 'integer' || typeRef === 'long';
  return numeric && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}
