/** Latchkey's mark. */
export function Mark({ size }: { size: number }) {
  return (
    <svg class="lk-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b5d4d" />
      <g fill="none" stroke="#f3c766" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">
        <circle cx="16" cy="10.5" r="4.5" />
        <path d="M16 15v11.5M16 21h4.5M16 26h3" />
      </g>
    </svg>
  );
}

/** An eye, struck through while the password can be read. */
export function Eye() {
  return (
    <svg class="lk-eye" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">
        <path d="M1.75 10S4.75 4.25 10 4.25 18.25 10 18.25 10 15.25 15.75 10 15.75 1.75 10 1.75 10Z" />
        <circle cx="10" cy="10" r="2.5" />
        <path class="lk-eye-strike" d="M3.5 16.5l13-13" />
      </g>
    </svg>
  );
}

export function Warning() {
  return (
    <svg class="lk-warning" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round">
        <circle cx="10" cy="10" r="7.25" />
        <path d="M10 6.25v4.5M10 13.6v.01" />
      </g>
    </svg>
  );
}

/** A tick in a circle; the tick shows when the rule is met. */
export function Tick() {
  return (
    <svg class="lk-tick" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">
        <circle cx="8" cy="8" r="6.25" />
        <path class="lk-tick-mark" d="M5.4 8.2l1.8 1.8 3.4-3.8" />
      </g>
    </svg>
  );
}
