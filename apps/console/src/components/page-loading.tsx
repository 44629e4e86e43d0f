import { Skeleton, Stack } from '@mantine/core';

/** The outline of a page while its code or its data is on the way. */
export function PageLoading() {
  return (
    <Stack gap="lg" aria-busy="true">
      <Skeleton height={30} width="min(18rem, 60%)" />
      <Skeleton height={16} width="min(30rem, 90%)" />
      <Skeleton height={180} />
      <Skeleton height={180} />
    </Stack>
  );
}
