import { FeelFunction, isFunction } from 'feelin';

/** A function as FEEL texts call it; parameters are found by place or by name. */
export interface FunctionValue {
  readonly fn: (...values: unknown[]) => unknown;
  readonly parameterNames: readonly string[];
}

export function feelFunction(fn: (...values: unknown[]) => unknown, parameterNames: readonly string[]): FunctionValue {
  return new FeelFunction(fn, [...parameterNames]);
}

export function isFeelFunction(value: unknown): value is FunctionValue {
  return isFunction(value);
}
