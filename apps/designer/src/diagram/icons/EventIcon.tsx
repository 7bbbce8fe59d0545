/** The sign of what an event waits for (outlined) or causes (filled), in a circle of 36 × 36. */
export function EventIcon({ trigger, isFilled }: { readonly trigger: string; readonly isFilled: boolean }) {
  const className = isFilled ? 'event__sign is-filled' : 'event__sign';
  switch (trigger) {
    case 'message':
      return (
        <>
          <rect className={className} x="10" y="12.5" width="16" height="11" />
          <path className={isFilled ? 'event__sign is-inverse' : 'event__sign'} d="m10 12.5 8 6 8-6" />
        </>
      );
    case 'timer':
      return (
        <>
          <circle className="event__sign" cx="18" cy="18" r="9" />
          <path className="event__sign" d="M18 12v6l4 2.5M18 9v1.5M18 25.5V27M9 18h1.5M25.5 18H27" />
        </>
      );
    case 'error':
      return <path className={className} d="m10.5 25 4.5-13 5 6.5 5.5-8L21.5 24l-5-6.5Z" />;
    case 'escalation':
      return <path className={className} d="m18 9 6 17-6-6.5L12 26Z" />;
    case 'signal':
      return <path className={className} d="M18 10.5 26 24H10Z" />;
    case 'conditional':
      return <path className="event__sign" d="M11.5 10.5h13v15h-13ZM14 14h8M14 17h8M14 20h8M14 23h8" />;
    case 'compensation':
    case 'compensate':
      return <path className={className} d="m17.5 12.5v11L10 18Zm8 0v11L18 18Z" />;
    case 'link':
      return <path className={className} d="M10 15h9v-3.5l7.5 6.5-7.5 6.5V21h-9Z" />;
    case 'cancel':
      return <path className={className} d="m12 14 2-2 4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4Z" />;
    case 'terminate':
      return <circle className="event__sign is-filled" cx="18" cy="18" r="9.5" />;
    case 'multiple':
      return <path className={className} d="m18 9.5 8.5 6.200-3.300 10H12.800l-3.300-10Z" />;
    case 'parallelMultiple':
      return <path className={className} d="M16 9.5h4V16h6.5v4H20v6.5h-4V20H9.5v-4H16Z" />;
    default:
      return null;
  }
}
