/** The marker inside a gateway's diamond of 50 × 50. */
export function GatewayIcon({ kind }: { readonly kind: string }) {
  switch (kind) {
    case 'exclusiveGateway':
      return <path className="gateway__sign" d="m18 16 14 18M32 16 18 34" />;
    case 'parallelGateway':
      return <path className="gateway__sign" d="M25 14v22M14 25h22" />;
    case 'inclusiveGateway':
      return <circle className="gateway__sign" cx="25" cy="25" r="11" />;
    case 'complexGateway':
      return <path className="gateway__sign" d="M25 13v24M13 25h24M17 17l16 16M33 17 17 33" />;
    case 'eventBasedGateway':
      return (
        <>
          <circle className="gateway__sign is-thin" cx="25" cy="25" r="13.5" />
          <circle className="gateway__sign is-thin" cx="25" cy="25" r="11" />
          <path className="gateway__sign is-thin" d="m25 18 6.7 4.900-2.600 7.800h-8.200l-2.600-7.800Z" />
        </>
      );
    default:
      return null;
  }
}
