import { Skeleton, VisuallyHidden } from '@mantine/core';

/** Rows of gray while a list loads; said once in words. */
export function SkeletonRows({ rows = 5, height = 44 }: { readonly rows?: number; readonly height?: number }) {
  return (
    <output style={{ display: 'grid', gap: 8, padding: '8px 0' }}>
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </output>
  );
}
