import type { ApplicationType } from '@latchkey/server/contract';
import { ThemeIcon } from '@mantine/core';
import {
  IconAppWindow,
  IconDeviceMobile,
  IconKey,
  IconServer,
  IconShieldLock,
  IconWorldWww,
} from '@tabler/icons-react';

const icons = {
  Traditional: IconWorldWww,
  SPA: IconAppWindow,
  Native: IconDeviceMobile,
  MachineToMachine: IconServer,
  Protected: IconShieldLock,
  SAML: IconKey,
} as const satisfies Record<ApplicationType, unknown>;

/** The picture of a kind of application; its name always stands beside it. */
export function ApplicationTypeIcon({ type, size = 36 }: { type: ApplicationType; size?: number }) {
  const Icon = icons[type];
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <Icon size={size * 0.55} stroke={1.6} />
    </ThemeIcon>
  );
}
