import { usePage } from '../page-context.ts';

interface BackupCodeListProps {
  codes: readonly { code: string; isUsed?: boolean }[];
  /** What is said of a code that was used. */
  usedText?: string;
}

/** Backup codes as their owner is shown them. */
export function BackupCodeList({ codes, usedText }: BackupCodeListProps) {
  return (
    <ol class="lk-panel lk-backup-codes" dir="ltr" translate={false}>
      {codes.map(({ code, isUsed }) => (
        <li key={code}>
          {isUsed ? (
            <>
              <s>{code}</s> <span translate>{`(${usedText})`}</span>
            </>
          ) : (
            <code>{code}</code>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Ways to keep them: as a file, on the clipboard, on paper. */
export function KeepCodes({ codes }: { codes: readonly string[] }) {
  const { frame, phrases } = usePage();
  const { backupCodes } = phrases;
  const text = `${codes.join('\n')}\n`;
  const name = `${(frame.branding.displayName ?? 'backup').replace(/[^\p{L}\p{N}]+/gu, '-')}-codes.txt`;
  return (
    <div class="lk-text-buttons">
      <a class="lk-text-button" download={name} href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}>
        {backupCodes.download}
      </a>
      <button class="lk-text-button lk-script-only" type="button" data-copy={text} data-copied={backupCodes.copied}>
        {backupCodes.copy}
      </button>
      <button class="lk-text-button lk-script-only" type="button" data-print="">
        {backupCodes.print}
      </button>
    </div>
  );
}
