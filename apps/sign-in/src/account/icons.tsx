import type { AccountSection } from '@latchkey/server/contract';

const paths: Record<AccountSection, string> = {
  profile: 'M10 9.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM3.5 17c.4-3 3-4.75 6.5-4.75s6.100 1.75 6.5 4.75',
};

/** What a part of the account looks like in the navigation. */
export function SectionIcon({ section }: { section: AccountSection }) {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={paths[section]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
