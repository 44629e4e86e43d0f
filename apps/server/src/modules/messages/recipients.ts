import type { Channel } from './messages.contract.ts';

/** Who gets a message: an e-mail address, or a phone number as digits with its country code. */
export interface Recipient {
  type: 'email' | 'phone';
  value: string;
}

export const channelOf = ({ type }: Recipient): Channel => (type === 'email' ? 'Email' : 'Sms');

/** One spelling of one recipient, so that limits cannot be got around by writing it another way. */
export const normalRecipient = ({ type, value }: Recipient): Recipient => ({
  type,
  value: type === 'email' ? value.trim().toLowerCase() : value.replace(/\D/g, ''),
});
