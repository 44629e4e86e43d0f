import { notifications } from '@mantine/notifications';

/** Tells that something was done, for a moment, in the corner. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'door', autoClose: 3000, role: 'status' });
}

/** Tells that something failed where the page has no better place for it. */
export function notifyFailed(message: string): void {
  notifications.show({ message, color: 'red', autoClose: 8000, role: 'alert' });
}
