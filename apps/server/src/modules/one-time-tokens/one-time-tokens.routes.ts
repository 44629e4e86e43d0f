import type { Page, Routes } from '../../kernel/operations.ts';
import { DEFAULT_PAGE_SIZE } from '../../kernel/wire.contract.ts';
import * as contract from './one-time-tokens.contract.ts';
import type { OneTimeToken, OneTimeTokensService } from './one-time-tokens.service.ts';

const toWire = (token: OneTimeToken) => ({
  ...token,
  createdAt: token.createdAt.getTime(),
  expiresAt: token.expiresAt.getTime(),
});

const FIRST_PAGE: Page = { limit: DEFAULT_PAGE_SIZE, offset: 0 };

export function oneTimeTokensRoutes(service: OneTimeTokensService): Routes {
  return (route) => {
    route(contract.listOneTimeTokens, async ({ scope, query, page = FIRST_PAGE, setTotal }) => {
      const { rows, total } = await service.list(scope, query, page);
      setTotal(total);
      return rows.map(toWire);
    });
    route(contract.createOneTimeToken, async ({ scope, body }) => toWire(await service.create(scope, body)));
    route(contract.verifyOneTimeToken, async ({ scope, body }) => toWire(await service.verify(scope, body)));
    route(contract.getOneTimeToken, async ({ scope, params }) => toWire(await service.get(scope, params.id)));
    route(contract.updateOneTimeTokenStatus, async ({ scope, params, body }) =>
      toWire(await service.setStatus(scope, params.id, body.status)),
    );
    route(contract.deleteOneTimeToken, ({ scope, params }) => service.remove(scope, params.id));
  };
}
