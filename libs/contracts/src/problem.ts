import { z } from 'zod';

/** One finding inside a problem: where, what, which rule. */
export const ProblemDetail = z.object({
  code: z.string(),
  message: z.string(),
  /** JSON pointer into the request body. */
  pointer: z.string().optional(),
  file: z.string().optional(),
  elementId: z.string().optional(),
  line: z.int().optional(),
  column: z.int().optional(),
});
export type ProblemDetail = z.infer<typeof ProblemDetail>;

/** RFC 9457 `application/problem+json`. `type` ends in the stable `code`. */
export const Problem = z.object({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  traceId: z.string().optional(),
  errors: z.array(ProblemDetail).optional(),
});
export type Problem = z.infer<typeof Problem>;
