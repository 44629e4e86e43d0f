import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { flowPath } from '../urls.ts';

/** Lines about one thing each, in a card. */
export function Rows({ title, children }: { title?: string; children: ComponentChildren }) {
  return (
    <section class="lk-card-section">
      {title && <h2 class="lk-card-title">{title}</h2>}
      <ul class="lk-rows">{children}</ul>
    </section>
  );
}

interface RowProps {
  label: string;
  /** A word beside the label that sets this row apart. */
  tag?: string | undefined;
  /** The row that the reader is in. */
  isCurrent?: boolean;
  icon?: ComponentChildren;
  value?: ComponentChildren;
  /** A sentence below the value. */
  hint?: ComponentChildren;
  /** What can be done about it. */
  children?: ComponentChildren;
}

export function Row({ label, tag, isCurrent = false, icon, value, hint, children }: RowProps) {
  return (
    <li class="lk-row">
      {icon && <div class="lk-row-icon">{icon}</div>}
      <div class="lk-row-text">
        <p class="lk-row-label">
          {label}
          {tag && <span class={`lk-tag${isCurrent ? ' lk-tag-current' : ''}`}>{tag}</span>}
        </p>
        {value && <div class="lk-row-value">{value}</div>}
        {hint && <div class="lk-row-hint">{hint}</div>}
      </div>
      {children && <div class="lk-row-actions">{children}</div>}
    </li>
  );
}

interface RowLinkProps {
  path: string;
  label: string;
  /** What it is about, for who hears the link without its row. */
  of: string;
}

export function RowLink({ path, label, of }: RowLinkProps) {
  const { frame } = usePage();
  return (
    <a class="lk-row-action" href={flowPath(frame, path)} aria-label={`${label}: ${of}`}>
      {label}
    </a>
  );
}

/** Writes days as the reader's language does. */
export function useDay(): (iso: string) => string {
  const { language } = usePage().frame;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return (iso) => format.format(new Date(iso));
}

/** Nothing to list, in words. */
export function Empty({ text }: { text: string }) {
  return (
    <section class="lk-card-section">
      <p class="lk-empty">{text}</p>
    </section>
  );
}
