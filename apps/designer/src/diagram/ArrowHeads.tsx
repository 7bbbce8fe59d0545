/** The ends of flows, drawn once and referred to by every edge. */
export function ArrowHeads() {
  return (
    <svg className="arrow-heads" aria-hidden>
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 10 10"
          refX="9.5"
          refY="5"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="arrow-head" d="M0 0.5 10 5 0 9.5Z" />
        </marker>
        <marker
          id="arrow-taken"
          viewBox="0 0 10 10"
          refX="9.5"
          refY="5"
          markerWidth="9"
          markerHeight="9"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="arrow-head is-taken" d="M0 0.5 10 5 0 9.5Z" />
        </marker>
        <marker
          id="arrow-thin"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="arrow-line" d="M1 1 9 5 1 9" />
        </marker>
        <marker
          id="arrow-open"
          viewBox="0 0 10 10"
          refX="9.5"
          refY="5"
          markerWidth="10"
          markerHeight="10"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="arrow-line is-ground" d="M1 1 9 5 1 9Z" />
        </marker>
        <marker id="message-start" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse">
          <circle className="arrow-line is-ground" cx="5" cy="5" r="4" />
        </marker>
        <marker
          id="default-start"
          viewBox="0 0 12 12"
          refX="-4"
          refY="6"
          markerWidth="10"
          markerHeight="10"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="arrow-line" d="M2 11 8 1" />
        </marker>
        <marker
          id="conditional-start"
          viewBox="0 0 16 10"
          refX="0.5"
          refY="5"
          markerWidth="14"
          markerHeight="9"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className="arrow-line is-ground" d="M1 5 8 1l7 4-7 4Z" />
        </marker>
      </defs>
    </svg>
  );
}
