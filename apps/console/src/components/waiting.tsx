import { Center, Loader } from '@mantine/core';

/** Fills the window while nothing of the page may be shown yet. */
export function Waiting() {
  return (
    <Center component="main" h="100dvh">
      <Loader aria-label="Latchkey" role="status" />
    </Center>
  );
}
