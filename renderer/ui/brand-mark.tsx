/** The picture of D-GRID, beside its name or alone. */
export function BrandMark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden>
      <rect width="64" height="64" rx="14" fill="#0b7480" />
      <g fill="none" stroke="#fff" strokeWidth="4" strokeLinejoin="round">
        <path d="M20 20h24v24H20z" />
        <path d="M20 32h24M32 20v24" />
      </g>
      <circle cx="44" cy="20" r="7" fill="#ffd43b" />
    </svg>
  );
}
