/** Any JSON value. Variables, headers and event payloads hold nothing else, so state survives serialization unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Named JSON values on a scope. Names are data: read them with own-key lookups only. */
export type Variables = Readonly<Record<string, Json>>;
