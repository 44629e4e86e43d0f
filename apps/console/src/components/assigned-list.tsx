import { useDisclosure } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/client.ts';
import { usePhrases } from '../i18n/language.tsx';
import { AddButton } from './add-button.tsx';
import { type Column, ListPanel, type ListView } from './list-panel.tsx';
import { type Choices, PickDialog } from './pick-dialog.tsx';
import { RemoveButton } from './remove-button.tsx';

type Props<Item extends { id: string }> = {
  query: UseQueryResult<Page<Item>>;
  view: ListView;
  onView: (view: ListView) => void;
  columns: Column<Item>[];
  nameOf: (item: Item) => string;
  icon: ReactNode;
  choices: Choices;
  onAdd: (ids: string[]) => Promise<unknown>;
  onRemove: (id: string) => Promise<unknown>;
  /** More that can be done with one entry, before its removal. */
  rowTools?: (item: Item) => ReactNode;
  texts: {
    assign: string;
    /** Left out where the list cannot be searched. */
    search?: string;
    emptyTitle: string;
    empty: string;
    /** Said when there is nothing left to add. */
    none: string;
    removeBody: string;
  };
};

/** What was given to something out of a longer list: to look through, to add to and to take from. */
export function AssignedList<Item extends { id: string }>(props: Props<Item>) {
  const { lists } = usePhrases();
  const { texts, columns, nameOf, icon, choices, onAdd, onRemove, rowTools, ...list } = props;
  const [picking, { open, close }] = useDisclosure(false);
  const assign = <AddButton onClick={open}>{texts.assign}</AddButton>;
  const actions: Column<Item> = {
    header: lists.actions,
    narrow: true,
    cell: (item) => {
      const name = nameOf(item);
      return (
        <>
          {rowTools?.(item)}
          <RemoveButton
            label={lists.removeOf({ name })}
            title={lists.removeTitle({ name })}
            done={lists.removed({ name })}
            onRemove={() => onRemove(item.id)}
          >
            {texts.removeBody}
          </RemoveButton>
        </>
      );
    },
  };
  return (
    <>
      <ListPanel
        {...list}
        rowKey={({ id }) => id}
        search={texts.search}
        tools={assign}
        empty={{ icon, title: texts.emptyTitle, description: texts.empty, action: assign }}
        columns={[...columns, actions]}
      />
      <PickDialog
        opened={picking}
        title={texts.assign}
        choices={choices}
        none={texts.none}
        onPick={onAdd}
        onClose={close}
      />
    </>
  );
}
