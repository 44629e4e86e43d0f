/** Where what had the focus is gone, it goes to the content: the keyboard goes on there, and a screen reader says where. */
export function keepFocus(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
}
