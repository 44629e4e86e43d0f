import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api/api-error.ts';
import { FailureAlert } from './failure-alert.tsx';
import { NotFound } from './not-found.tsx';
import { PageLoading } from './page-loading.tsx';

type Props<Data> = {
  query: UseQueryResult<Data>;
  /** Of what is going to stand here when it is part of a page, so that nothing below it moves. */
  height?: number | { base: number; sm: number };
  children: (data: Data) => ReactNode;
};

/** What is shown of something once it is here; until then its outline, or what went wrong. */
export function Loaded<Data>({ query: { data, error, refetch }, height, children }: Props<Data>) {
  if (data !== undefined) return children(data);
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (error) return <FailureAlert error={error} onRetry={() => refetch()} />;
  return height === undefined ? <PageLoading /> : <Skeleton h={height} />;
}
