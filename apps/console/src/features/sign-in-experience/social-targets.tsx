import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  type Modifier,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import type { Connector } from '@latchkey/server/contract';
import { Button, Menu, Skeleton, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { LinkButton } from '../../components/link.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ConnectorLogo } from '../connectors/connector-logo.tsx';
import { useConnectorName } from '../connectors/connector-texts.ts';
import { useConnectors } from '../connectors/connectors.queries.ts';
import classes from './sign-in-experience.module.css';
import { SocialTarget } from './social-target.tsx';

type Props = { targets: string[]; onChange: (targets: string[]) => void };

const alongTheList: Modifier = ({ transform }) => ({ ...transform, x: 0 });

/** The social buttons of the sign-in page: which there are, and their order. */
export function SocialTargets(props: Props) {
  const connectors = useConnectors();
  if (connectors.isPending) return <Skeleton height={56} />;
  if (connectors.isError) return <FailureAlert error={connectors.error} onRetry={() => connectors.refetch()} />;
  return <TargetList {...props} connectors={connectors.data} />;
}

function TargetList({ targets, connectors, onChange }: Props & { connectors: Connector[] }) {
  const { social: t } = usePhrases().signInExperience;
  const nameOf = useConnectorName();
  const addRef = useRef<HTMLButtonElement>(null);
  const sensors = useSensors(
    useSensor(PointerSensor),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );

  const connectorOf = (target: string) => connectors.find((connector) => connector.target === target);
  const nameOfTarget = (target: string) => {
    const connector = connectorOf(target);
    return connector ? nameOf(connector) : target;
  };
  const announcements = useAnnouncements(targets, nameOfTarget);

  function onDragEnd({ active, over }: DragEndEvent) {
    if (!over || active.id === over.id) return;
    onChange(arrayMove(targets, targets.indexOf(String(active.id)), targets.indexOf(String(over.id))));
  }

  function remove(target: string) {
    onChange(targets.filter((other) => other !== target));
    // The button that was pressed is going away, and the focus must not go with it.
    addRef.current?.focus();
  }

  return (
    <>
      {targets.length === 0 ? (
        <Text size="sm" className="quiet">
          {t.empty}
        </Text>
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={closestCenter}
          modifiers={[alongTheList]}
          accessibility={{ announcements, screenReaderInstructions: { draggable: t.instructions } }}
          onDragEnd={onDragEnd}
        >
          <SortableContext items={targets} strategy={verticalListSortingStrategy}>
            <ol className={classes.targets} aria-label={t.list}>
              {targets.map((target) => (
                <SocialTarget
                  key={target}
                  target={target}
                  name={nameOfTarget(target)}
                  connector={connectorOf(target)}
                  onRemove={() => remove(target)}
                />
              ))}
            </ol>
          </SortableContext>
        </DndContext>
      )}
      <AddTarget
        ref={addRef}
        connectors={connectors}
        targets={targets}
        onAdd={(target) => onChange([...targets, target])}
      />
    </>
  );
}

/** What screen readers hear while a button is being moved. */
function useAnnouncements(targets: string[], nameOf: (target: string) => string): Announcements {
  const { social: t } = usePhrases().signInExperience;
  const at = (id: UniqueIdentifier, place: UniqueIdentifier) => ({
    name: nameOf(String(id)),
    position: targets.indexOf(String(place)) + 1,
    total: targets.length,
  });
  // A drag begins over the button's own place, and saying so would cut off what was said about lifting it.
  const isFirstPlace = useRef(true);
  return {
    onDragStart: ({ active }) => {
      isFirstPlace.current = true;
      return t.lifted(at(active.id, active.id));
    },
    onDragOver: ({ active, over }) => {
      const isSilent = isFirstPlace.current || !over;
      isFirstPlace.current = false;
      return isSilent ? undefined : t.moved(at(active.id, over.id));
    },
    onDragEnd: ({ active, over }) => t.dropped(at(active.id, over?.id ?? active.id)),
    onDragCancel: ({ active }) => t.cancelled({ name: nameOf(String(active.id)) }),
  };
}

type AddProps = {
  ref: React.Ref<HTMLButtonElement>;
  connectors: Connector[];
  targets: string[];
  onAdd: (target: string) => void;
};

function AddTarget({ ref, connectors, targets, onAdd }: AddProps) {
  const { social: t } = usePhrases().signInExperience;
  const nameOf = useConnectorName();
  // Connectors of several platforms may share a target, which has one button.
  const addable = connectors.filter(
    ({ target }, index) =>
      !targets.includes(target) && connectors.findIndex((other) => other.target === target) === index,
  );

  if (connectors.length === 0) {
    return (
      <LinkButton to="/connectors/social" search={{ add: true }} variant="light" className={classes.start}>
        {t.connect}
      </LinkButton>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button ref={ref} variant="light" className={classes.start} leftSection={<IconPlus size={16} aria-hidden />}>
          {t.add}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {addable.length === 0 && <Menu.Label>{t.allAdded}</Menu.Label>}
        {addable.map((connector) => (
          <Menu.Item
            key={connector.target}
            leftSection={<ConnectorLogo logo={connector.logo} logoDark={connector.logoDark} size={28} />}
            onClick={() => onAdd(connector.target)}
          >
            {nameOf(connector)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
