// What webhooks cost: sign-ins beside a dead receiver's queue and told of themselves, and a change that is told of.
import { type Measurement, measure, measureLimit } from './measure.ts';
import { reportFigure, reportLimit, reportWork } from './report.ts';
import { withServer } from './server.ts';
import { signInLoad } from './workloads/sign-in.ts';
import { bearerOf, createMachine } from './workloads/tokens.ts';
import { changeLoad, createWebhook, openReceiver, removeWebhook, seedDeadDeliveries } from './workloads/webhooks.ts';

const DEAD = 10_000;
/** 1,000 events a second on two cores leave this much for one. */
const EVENT_MS = 2;

const cost = ({ server, postgres }: Measurement): number => server + postgres;
const slower = (measured: Measurement, alone: Measurement): number => (cost(measured) / cost(alone) - 1) * 100;

await withServer(async (server) => {
  const authorization = await bearerOf(server, await createMachine(server));
  const limit = await measureLimit();
  reportLimit(limit);

  const signIns = await signInLoad(server, authorization);
  const alone = await measure(server, signIns);
  reportWork({ name: 'password sign-in, no webhook', most: 35, unit: 'ms CPU' }, alone, limit);
  const dead = await createWebhook(server, authorization, 'Role.Created', 'http://localhost:1/');
  await seedDeadDeliveries(server, dead, DEAD);
  // The process looks for what waits when it starts.
  await server.stop();
  await server.start();
  const beside = await measure(server, signIns);
  reportFigure(
    { name: `password sign-in beside ${DEAD} dead deliveries`, most: 5, unit: '% more' },
    slower(beside, alone),
  );
  await removeWebhook(server, authorization, dead);

  const receiver = await openReceiver();
  const greeter = await createWebhook(server, authorization, 'PostSignIn', receiver.url);
  const greeted = await measure(server, signIns);
  reportFigure({ name: 'password sign-in that a webhook is told of', most: 5, unit: '% more' }, slower(greeted, alone));
  await removeWebhook(server, authorization, greeter);

  const changes = await changeLoad(server, authorization);
  const untold = await measure(server, changes);
  reportWork({ name: 'change of a user, nobody told', most: 3, unit: 'ms CPU' }, untold, limit);
  const receivedBefore = receiver.count();
  await createWebhook(server, authorization, 'User.Data.Updated', receiver.url);
  const told = await measure(server, changes);
  receiver.close();
  reportWork({ name: 'change of a user, a webhook told', most: 3 + EVENT_MS, unit: 'ms CPU' }, told, limit);
  reportFigure(
    { name: 'an event: written, signed, delivered, recorded', most: EVENT_MS, unit: 'ms CPU' },
    cost(told) - cost(untold),
    `${receiver.count() - receivedBefore} received`,
  );
});
