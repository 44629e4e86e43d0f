import type { RefObject } from 'react';

/** Moves the focus to the first field marked as wrong, once the marks are on the page. */
export function focusFirstProblem(form: RefObject<HTMLElement | null>): void {
  requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
