/** The mark: a baton, handed on. */
export function Brand({ size = 22 }: { readonly size?: number }) {
  return (
    <span className="brand">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" fill="#4f46c8" />
        <path d="M9 21.5 20.5 10" stroke="#fff" strokeWidth="4" strokeLinecap="round" />
        <circle cx="23" cy="22.5" r="2.5" fill="#b9b4ff" />
      </svg>
      Baton
    </span>
  );
}
