import type { Log } from '@latchkey/server/contract';
import { usePhrases } from '../../i18n/language.tsx';

/** Who did it. */
export function Actor({ log }: { log: Pick<Log, 'payload'> }) {
  const { auditLogs: t } = usePhrases();
  const { type, id } = log.payload.actor as { type: keyof typeof t.actors; id: string | null };
  return (
    <>
      {t.actors[type]} {id !== null && <span className="mono">{id}</span>}
    </>
  );
}
