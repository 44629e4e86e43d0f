import type { FactorType } from '@latchkey/server/contract';

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

const factorPaths: Record<FactorType, string> = {
  Totp: 'M6.5 1.75h7a1.5 1.5 0 0 1 1.5 1.5v13.5a1.5 1.5 0 0 1-1.5 1.5h-7a1.5 1.5 0 0 1-1.5-1.5V3.25a1.5 1.5 0 0 1 1.5-1.5ZM8.5 15.5h3',
  WebAuthn:
    'M7 9.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM1.75 17c0-3 2.2-5 5.25-5 1 0 1.9.2 2.7.6M14.5 5.5a3 3 0 0 1 1.1 5.8l1 1.2-1.1 1.4 1.1 1.3-2.1 2.3-1.2-1.4v-4.8a3 3 0 0 1 1.2-5.8Z',
  BackupCode: 'M3.5 4.5h13v11h-13zM6.5 8h2M11.5 8h2M6.5 12h2M11.5 12h2',
  EmailVerificationCode: 'M2.5 4.5h15v11h-15zM2.5 5.5 10 11l7.5-5.5',
  PhoneVerificationCode: 'M2.5 3.5h15v10h-8l-4 3.5v-3.5h-3zM6.5 8.5h.01M10 8.5h.01M13.5 8.5h.01',
};

/** What a second factor looks like. */
export function FactorIcon({ factor }: { factor: FactorType }) {
  return (
    <svg class="lk-factor-icon" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={factorPaths[factor]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
