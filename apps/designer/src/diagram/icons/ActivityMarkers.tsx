const MARKS: Readonly<Record<string, string>> = {
  parallelMultiInstance: 'M4 2v10M7 2v10M10 2v10',
  sequentialMultiInstance: 'M2 4h10M2 7h10M2 10h10',
  loop: 'M5 11.5A5 5 0 1 1 9.5 11.300M5.5 8.5v3h-3',
  compensation: 'M7 3v8L2 7ZM12 3v8L7 7Z',
  adHoc: 'M2 8.5c2-4 4-2 5-1s3 2 5-1',
};

/** The signs at the foot of an activity: repeated, one after another, looping, closed. */
export function ActivityMarkers({ markers, isCollapsed }: { readonly markers: readonly string[]; readonly isCollapsed: boolean }) {
  const drawn = markers.flatMap((marker) => (MARKS[marker] === undefined ? [] : [MARKS[marker]]));
  if (drawn.length === 0 && !isCollapsed) return null;
  return (
    <span className="activity__markers" aria-hidden>
      {drawn.map((path) => (
        <svg key={path} viewBox="0 0 14 14">
          <path d={path} />
        </svg>
      ))}
      {isCollapsed && (
        <svg viewBox="0 0 14 14">
          <path d="M1 1h12v12H1ZM7 3.5v7M3.5 7h7" />
        </svg>
      )}
    </span>
  );
}
