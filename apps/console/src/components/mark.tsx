/** The product's mark: a latchkey on a door. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b5d4d" />
      <g fill="none" stroke="#f3c766" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="16" cy="10.5" r="4.5" />
        <path d="M16 15v11.5M16 21h4.5M16 26h3" />
      </g>
    </svg>
  );
}
