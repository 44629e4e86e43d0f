import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './page-tabs.module.css';

type Props<Tab extends string> = {
  /** What the tabs are of, for those who cannot see them. */
  label: string;
  value: Tab;
  tabs: readonly { value: Tab; label: string }[];
  onChange: (tab: Tab) => void;
  children: ReactNode;
};

/** The parts of a details page; the tab stands in the address, so the page around decides where a change leads. */
export function PageTabs<Tab extends string>({ label, value, tabs, onChange, children }: Props<Tab>) {
  const list = useRef<HTMLDivElement>(null);
  // On a phone the shown tab may stand beyond the edge of the row.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [value]);
  return (
    <Tabs
      value={value}
      activateTabWithKeyboard={false}
      onChange={(next) => {
        const known = tabs.find((tab) => tab.value === next);
        if (known) onChange(known.value);
      }}
    >
      <Tabs.List ref={list} aria-label={label} mb="lg" className={classes.list}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={value}>{children}</Tabs.Panel>
    </Tabs>
  );
}
