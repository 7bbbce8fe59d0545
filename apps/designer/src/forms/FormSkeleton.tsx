import { SkeletonRows } from '../ui/SkeletonRows.js';

/** While the fields are on their way. */
export function FormSkeleton() {
  return <SkeletonRows rows={3} height={52} />;
}
