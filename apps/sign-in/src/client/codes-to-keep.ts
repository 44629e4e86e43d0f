/** Copying and printing of what is shown once. */
export function enhanceKeeping(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const label = button.textContent;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? '');
      button.textContent = button.dataset.copied ?? label;
      setTimeout(() => {
        button.textContent = label;
      }, 3000);
    });
  }
  document.querySelector('[data-print]')?.addEventListener('click', () => print());
}
