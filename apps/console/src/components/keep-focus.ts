let hadFocus = false;
document.addEventListener(
  'focusin',
  () => {
    hadFocus = true;
  },
  { once: true },
);

/**
 * Where what had the focus is gone, it goes to the content: the keyboard goes on there, and a screen reader says where.
 * A page that nobody has moved in yet begins at its top.
 */
export function keepFocus(): void {
  if (!hadFocus || document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
}
