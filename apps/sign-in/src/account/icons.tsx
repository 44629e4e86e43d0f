import type { AccountSection } from '@latchkey/server/contract';

const paths: Record<AccountSection, string> = {
  profile: 'M10 9.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM3.5 17c.4-3 3-4.75 6.5-4.75s6.1 1.75 6.5 4.75',
  security: 'M10 2.25 16 4.5v5c0 3.9-2.5 6.75-6 8.25-3.5-1.5-6-4.35-6-8.25v-5ZM7.25 10l2 2 3.5-4',
  linked:
    'M8.5 11.5a3 3 0 0 0 4.25.25l2.75-2.75a3 3 0 0 0-4.25-4.25l-1 1M11.5 8.5a3 3 0 0 0-4.25-.25L4.5 11a3 3 0 0 0 4.25 4.25l1-1',
  sessions: 'M2.5 4.25h15v9h-15zM7 16.75h6M10 13.25v3.5',
  applications: 'M3.25 3.25h5.5v5.5h-5.5zM11.25 3.25h5.5v5.5h-5.5zM3.25 11.25h5.5v5.5h-5.5zM11.25 11.25h5.5v5.5h-5.5z',
  organizations: 'M3.5 17V3.5h8V17M11.5 8h5v9M2.25 17h15.5M6 6.5h3M6 9.5h3M6 12.5h3M14 11h.01M14 14h.01',
  tokens: 'M12.75 11.5a4.25 4.25 0 1 0-4-2.8L2.5 15v2.5H5v-2h2v-2h2l.8-.8c.9.5 1.9.8 2.95.8ZM13.75 6.25h.01',
  data: 'M3.5 12.5v4h13v-4M10 3v9.5M6.5 9.25 10 12.75l3.5-3.5',
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
