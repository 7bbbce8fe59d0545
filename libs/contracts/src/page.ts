import { z } from 'zod';

/** Query of every list. `cursor` is opaque and comes from the page before. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** One page of a list; without `nextCursor` it is the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().optional() });
export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}
