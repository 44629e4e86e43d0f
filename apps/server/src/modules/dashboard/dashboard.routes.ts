import type { Routes } from '../../kernel/operations.ts';
import * as contract from './dashboard.contract.ts';
import type { DashboardService } from './dashboard.service.ts';

export function dashboardRoutes(service: DashboardService): Routes {
  return (route) => {
    route(contract.getTotalUsers, ({ scope }) => service.totalUsers(scope));
    route(contract.getNewUsers, ({ scope }) => service.newUsers(scope));
    route(contract.getActiveUsers, ({ scope, query }) => service.activeUsers(scope, query.date));
    route(contract.getCurves, ({ scope, query }) => service.curves(scope, query));
    route(contract.getSignInFigures, ({ scope, query }) => service.signIns(scope, query));
    route(contract.getStorageForecast, ({ scope }) => service.storage(scope));
  };
}
