import type { RefObject } from 'react';

/** Moves the focus to the first field marked as wrong, once the marks are on the page. */
export function focusFirstProblem(form: RefObject<HTMLElement | null>): void {
  requestAnimationFrame(() => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    // The middle of the window is free of the bars that stick to its edges.
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  });
}
